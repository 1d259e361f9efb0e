using Mtcnn.Faces;
using Mtcnn.Training.Annotations;

namespace Mtcnn.Cli.Evaluate;

/// <summary>A face that is shown in the report.</summary>
/// <param name="Image">The image it is in.</param>
/// <param name="Marked">The marked face; null for a detection that fits no marked face.</param>
/// <param name="Detected">The detection; null for a face that was missed.</param>
/// <param name="Caption">The size or error of the face, as text.</param>
internal sealed record WorstFace(AnnotatedImage Image, AnnotatedFace? Marked, Face? Detected, string Caption)
{
    /// <summary>The region to show: the marked face and the detection.</summary>
    public Box Region
    {
        get
        {
            IEnumerable<ImagePoint> corners = new[] { Marked?.Box, Detected?.Box }.OfType<Box>()
                .SelectMany(box => new[] { new ImagePoint(box.Left, box.Top), new ImagePoint(box.Right, box.Bottom) });
            ImagePoint[] all = [.. corners, .. Marked?.Points ?? []];
            return new Box(all.Min(point => point.X), all.Min(point => point.Y), all.Max(point => point.X), all.Max(point => point.Y));
        }
    }
}
