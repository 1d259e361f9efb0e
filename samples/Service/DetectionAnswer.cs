using System.ComponentModel;
using Mtcnn.Extensions;

namespace Mtcnn.Samples.Service;

/// <summary>The faces of an image, as <c>mtcnn detect</c> writes them.</summary>
[Description("The faces of an image. Coordinates are pixels of the upright image.")]
internal sealed record DetectionAnswer(int Width, int Height, IReadOnlyList<FaceAnswer> Faces)
{
    /// <summary>What was found, as an answer.</summary>
    public static DetectionAnswer Of(DetectedFaces found) => new(found.Size.Width, found.Size.Height, [.. found.Faces.Select(FaceAnswer.Of)]);
}
