namespace CaffeSharp.Tests.Support;

/// <summary>
/// The original weights, photos and reference results: the folder that MTCNN_SHARED names, else "shared" beside the repository. If it is
/// missing, or in the quick tier, a folder with the same paths to this repository's own weights and portrait stands in, and tests that need
/// anything else are skipped. Thread-safe.
/// </summary>
internal static class SharedFolder
{
    private const string Variable = "MTCNN_SHARED";

    // "quick": as if nothing but the repository existed. "strict": what is missing is a failure.
    private static readonly string? s_tier = Environment.GetEnvironmentVariable("CAFFESHARP_TESTS");
    private static readonly Lazy<(string Path, bool IsOriginal)> s_folder = new(Find);

    /// <summary>The folder's path.</summary>
    internal static string Root => s_folder.Value.Path;

    /// <summary>Whether only this repository may be used.</summary>
    internal static bool IsQuick => s_tier == "quick";

    /// <summary>Whether a test has been skipped. xUnit does not dispose a test class whose constructor skips.</summary>
    internal static bool HasSkipped { get; private set; }

    /// <summary>A file or folder by its path inside <see cref="Root"/>; skips the test if it is missing.</summary>
    internal static string Of(params string[] parts)
    {
        string path = Path.GetFullPath(Path.Combine([Root, .. parts]));
        if (!Path.Exists(path))
        {
            Missing(path, $"Name the folder that has it with {Variable}.");
        }

        return path;
    }

    /// <summary>Skips the test unless the weights are the originals, whose numbers it asserts.</summary>
    internal static void RequireOriginals()
    {
        if (!s_folder.Value.IsOriginal)
        {
            Missing("the folder of the original weights", $"Name it with {Variable}.");
        }
    }

    /// <summary>Skips the test because this machine lacks something, or fails it if nothing may be missing.</summary>
    /// <param name="what">What is missing.</param>
    /// <param name="remedy">How to get it, as a sentence.</param>
    internal static void Missing(string what, string remedy)
    {
        if (s_tier == "strict")
        {
            throw new FileNotFoundException($"Missing: {what}. {remedy}");
        }

        HasSkipped = true;
        Assert.Skip($"Requires {what}. {remedy}");
    }

    private static (string Path, bool IsOriginal) Find()
    {
        string path = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Repository.Folder("..", "shared");
        return !IsQuick && Directory.Exists(path) ? (Path.GetFullPath(path), true) : (MakeOwn(), false);
    }

    private static string MakeOwn()
    {
        string root = Repository.Folder("build", "own-files");
        Link(Path.Combine(root, "images"), Repository.Folder("samples", "astronaut.png"));
        foreach (string net in (string[])["12net", "24net", "48net"])
        {
            string folder = Path.Combine(root, "models", "reference", net);
            Link(folder, Repository.Folder("prototxt", $"{net}.prototxt"));
            Link(folder, Repository.Folder("models", $"{net}.caffemodel"));
        }

        Link(Path.Combine(root, "models", "official"), Repository.Folder("models", "landmarks.caffemodel"), "det4.caffemodel");
        return root;
    }

    // Another test process may make the same links at the same time.
    private static void Link(string folder, string file, string? name = null)
    {
        Directory.CreateDirectory(folder);
        string link = Path.Combine(folder, name ?? Path.GetFileName(file));
        try
        {
            File.CreateSymbolicLink(link, file);
        }
        catch (IOException) when (File.Exists(link))
        {
        }
    }
}
