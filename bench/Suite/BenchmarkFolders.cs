using CaffeSharp;
using Mtcnn.Cascade.Nets;
using Mtcnn.Models;

namespace Mtcnn.Suite;

/// <summary>Where the suite finds and puts its files.</summary>
internal static class BenchmarkFolders
{
    /// <summary>The repository that this program was built in.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>What a run makes and needs no longer than itself.</summary>
    public static string Work { get; } = Directory.CreateDirectory(Path.Combine(Repository, "build", "bench")).FullName;

    /// <summary>A Python with pycaffe and OpenCV.</summary>
    public static string Python => Path.Combine(Repository, "build", "pycaffe-opencv", "python");

    /// <summary>The photos: the folder <c>images</c> of MTCNN_SHARED, or of the folder <c>shared</c> beside the repository.</summary>
    public static string Photos
    {
        get
        {
            string shared = Environment.GetEnvironmentVariable(ModelSearchEnvironment.SharedVariable) is { Length: > 0 } named
                ? named
                : Path.Combine(Repository, "..", "shared");
            return Path.GetFullPath(Path.Combine(shared, "images"));
        }
    }

    /// <summary>A folder with the definitions and the weights of the three nets, side by side, for programs that want them so.</summary>
    public static string Models()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Work, "models")).FullName;
        ModelFiles files = ModelFiles.Locate();
        foreach ((NetworkDefinition definition, string weights) in
            NetworkDefinition.All.Zip([files.Proposal, files.Refinement, files.Output]))
        {
            File.WriteAllText(Path.Combine(folder, $"{definition.Name}.prototxt"), definition.Prototxt);
            File.WriteAllBytes(Path.Combine(folder, $"{definition.Name}.caffemodel"), File.ReadAllBytes(weights));
        }

        return folder;
    }

    /// <summary>One net from <see cref="Models"/> in Caffe.</summary>
    public static Net Load(string name, NetOptions options)
    {
        string path = Path.Combine(Work, "models", name);
        return Net.FromFile($"{path}.prototxt", $"{path}.caffemodel", options);
    }

    private static string FindRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mtcnn.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"There is no Mtcnn.sln above {AppContext.BaseDirectory}: the suite runs where it was built.");
    }
}
