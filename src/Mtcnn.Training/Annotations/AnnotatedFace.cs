using Mtcnn.Faces;

namespace Mtcnn.Training.Annotations;

/// <summary>A face that a person marked in an image.</summary>
/// <param name="Box">The face's box in pixels; null if no box is marked.</param>
/// <param name="Points">All marked points of the face, in pixels. Empty, or at least the two eyes, left eye first.</param>
/// <param name="Landmarks">The five landmarks; null if other points or no points are marked.</param>
/// <param name="IsIgnored">Whether the face is ignored because it is too small, blurred or occluded. An ignored face and its detections are not counted.</param>
public sealed record AnnotatedFace(Box? Box, IReadOnlyList<ImagePoint> Points, Landmarks? Landmarks, bool IsIgnored = false)
{
    /// <summary>The file and line that mark the face, as in <c>list.csv(7)</c>, for messages; null if unknown.</summary>
    public string? Place { get; init; }

    /// <summary>The distance between the eyes in pixels: the unit of landmark errors. Null if the eyes are not marked.</summary>
    public double? EyeDistance => Points.Count < 2 ? null : Points[0].DistanceTo(Points[1]);

    /// <summary>The mean of the marked points.</summary>
    public ImagePoint Middle => new(Points.Average(point => point.X), Points.Average(point => point.Y));
}
