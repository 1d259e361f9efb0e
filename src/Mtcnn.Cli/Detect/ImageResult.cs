using Mtcnn.Faces;

namespace Mtcnn.Cli.Detect;

/// <summary>The result of one image: its size and faces, or an error.</summary>
/// <param name="Image">The image's name, as in its <see cref="Inputs.InputSource"/>.</param>
/// <param name="Width">Width in pixels of the upright image; 0 with an error.</param>
/// <param name="Height">Height in pixels of the upright image; 0 with an error.</param>
/// <param name="Faces">The faces in order of decreasing score; empty if there is an error.</param>
/// <param name="Error">The error message, in one line; null if the image was processed.</param>
internal sealed record ImageResult(string Image, int Width, int Height, IReadOnlyList<Face> Faces, string? Error = null)
{
    public static ImageResult Failed(string image, string error) => new(image, 0, 0, [], error);
}
