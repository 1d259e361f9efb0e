using CaffeSharp.Tests.Support;

namespace Mtcnn.Tests.Support;

/// <summary>
/// The models, photos and reference results that tests use: in the folder that MTCNN_SHARED names, else in "shared" beside
/// the repository.
/// </summary>
public static class SharedFiles
{
    private const string Variable = "MTCNN_SHARED";

    /// <summary>The folder of shared files.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder by its path inside <see cref="Root"/>, with forward slashes.</summary>
    public static string Of(string relativePath)
    {
        string path = Path.Combine(Root, relativePath);
        return Path.Exists(path) ? path : throw new FileNotFoundException($"The tests need {path}.");
    }

    /// <summary>An image of the folder "images".</summary>
    public static string Image(string name) => Of($"images/{name}");

    /// <summary>The weights of 12net, 24net or 48net.</summary>
    public static string Weights(string net) => Of($"models/reference/{net}/{net}.caffemodel");

    private static string FindRoot()
    {
        string named = Environment.GetEnvironmentVariable(Variable) ?? string.Empty;
        string path = named.Length > 0 ? named : Repository.Folder("..", "shared");
        return Directory.Exists(path)
            ? Path.GetFullPath(path)
            : throw new DirectoryNotFoundException($"The tests need models and photos. Set {Variable} to their folder; {path} does not exist.");
    }
}
