namespace CaffeSharp.Tests.Support;

/// <summary>The original definitions, weights and photos, which are kept outside the repository; tests are skipped without them.</summary>
internal static class Originals
{
    internal static string Net12 => Path("models", "reference", "12net", "12net.prototxt");

    internal static string Weights12 => Path("models", "reference", "12net", "12net.caffemodel");

    internal static string Net24 => Path("models", "reference", "24net", "24net.prototxt");

    internal static string Weights24 => Path("models", "reference", "24net", "24net.caffemodel");

    internal static string Net48 => Path("models", "reference", "48net", "48net.prototxt");

    internal static string Weights48 => Path("models", "reference", "48net", "48net.caffemodel");

    internal static string Path(params string[] parts) => SharedFolder.Of(parts);
}
