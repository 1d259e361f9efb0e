namespace Mtcnn.Imaging;

/// <summary>Where encoded bytes come from, for messages.</summary>
/// <param name="Name">What a message calls it.</param>
/// <param name="Path">The file, where it is one.</param>
internal readonly record struct ImageSource(string Name, string? Path)
{
    public static ImageSource File(string path) => new(path, path);

    public static ImageSource Memory => new("the encoded image", null);

    public static ImageSource Stream => new("the image stream", null);
}
