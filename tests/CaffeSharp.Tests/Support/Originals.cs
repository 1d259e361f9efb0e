namespace CaffeSharp.Tests.Support;

/// <summary>The original definitions, weights and photos, which are kept outside the repository.</summary>
internal static class Originals
{
    private const string Variable = "MTCNN_SHARED";

    internal static string Net12 => Path("models", "reference", "12net", "12net.prototxt");

    internal static string Weights12 => Path("models", "reference", "12net", "12net.caffemodel");

    internal static string Net24 => Path("models", "reference", "24net", "24net.prototxt");

    internal static string Weights24 => Path("models", "reference", "24net", "24net.caffemodel");

    internal static string Net48 => Path("models", "reference", "48net", "48net.prototxt");

    internal static string Weights48 => Path("models", "reference", "48net", "48net.caffemodel");

    internal static string Path(params string[] parts)
    {
        string root = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? named : Repository.Folder("..", "shared");
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine([root, .. parts]));
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{path} is missing. Name the folder that holds it with {Variable}.");
    }
}
