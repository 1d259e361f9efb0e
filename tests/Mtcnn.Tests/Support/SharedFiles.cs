using CaffeSharp.Tests.Support;

namespace Mtcnn.Tests.Support;

/// <summary>
/// The models, photos and reference results that tests use.
/// </summary>
public static class SharedFiles
{
    /// <summary>The folder of shared files.</summary>
    public static string Root => SharedFolder.Root;

    /// <summary>A file or folder by its path inside <see cref="Root"/>, with forward slashes; skips the test if it is missing.</summary>
    public static string Of(string relativePath) => SharedFolder.Of(relativePath);

    /// <summary>An image of the folder "images".</summary>
    public static string Image(string name) => Of($"images/{name}");

    /// <summary>The weights of 12net, 24net or 48net.</summary>
    public static string Weights(string net) => Of($"models/reference/{net}/{net}.caffemodel");
}
