using CaffeSharp.Tests.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Cli.Support;

/// <summary>A temporary folder with copies of real photos.</summary>
internal sealed class ImageFolder : IDisposable
{
    /// <summary>A small photo with two faces.</summary>
    public const string TwoFaces = "dlib-faces/2008_001009.jpg";

    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    /// <summary>A path in the folder.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Copies a photo into the folder, or into a subfolder if the name has one.</summary>
    public string Add(string name, string image = TwoFaces) => Write(name, File.ReadAllBytes(SharedFiles.Image(image)));

    /// <summary>Writes a file with the given content.</summary>
    public string Write(string name, byte[] content)
    {
        string path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => _folder.Dispose();
}
