using Mtcnn.Imaging;
using OpenCvSharp;

namespace Mtcnn.Benchmarks;

/// <summary>The image that is measured, and where results go.</summary>
internal static class BenchmarkFiles
{
    private const string Variable = "MTCNN_BENCHMARK_IMAGE";

    /// <summary>The image that the environment variable names; without one, the sample of the repository.</summary>
    public static Mat ReadImage() => ImageReader.Read(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : FindSample());

    /// <summary>A folder among what was built.</summary>
    public static string Results => Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(FindSample()))!, "build", "bench", "micro");

    private static string FindSample()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string sample = Path.Combine(folder.FullName, "samples", "astronaut.png");
            if (File.Exists(sample))
            {
                return sample;
            }
        }

        throw new FileNotFoundException($"There is no samples/astronaut.png above {AppContext.BaseDirectory}. Name an image in {Variable}.");
    }
}
