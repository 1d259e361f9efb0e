using Mtcnn.Faces;

namespace Mtcnn.Cli.Detect;

/// <summary>What came of one image: its size and faces, or an error.</summary>
/// <param name="Image">The image's name as its <see cref="Inputs.InputSource"/> has it.</param>
/// <param name="Width">Width in pixels of the upright image; 0 with an error.</param>
/// <param name="Height">Height in pixels of the upright image; 0 with an error.</param>
/// <param name="Faces">The faces in falling score; empty with an error.</param>
/// <param name="Error">Why there is no result, in one line; null where there is one.</param>
internal sealed record ImageResult(string Image, int Width, int Height, IReadOnlyList<Face> Faces, string? Error = null)
{
    public static ImageResult Failed(string image, string error) => new(image, 0, 0, [], error);
}
