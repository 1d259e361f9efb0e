using Mtcnn.Faces;

namespace Mtcnn.Training.Annotations;

/// <summary>A face that a person marked in an image.</summary>
/// <param name="Box">The face's box in pixels; null where none was marked.</param>
/// <param name="Points">All marked points that say where the face is, in pixels; at least the two eyes, left first, where there are any.</param>
/// <param name="Landmarks">The five landmarks; null where other points were marked.</param>
/// <param name="IsIgnored">Whether it counts neither as found nor as missed, and neither does a detection of it: too small, blurred or hidden to ask for.</param>
public sealed record AnnotatedFace(Box? Box, IReadOnlyList<ImagePoint> Points, Landmarks? Landmarks, bool IsIgnored = false)
{
    /// <summary>Where it is marked, as in <c>list.csv(7)</c>, for messages; null where nobody said.</summary>
    public string? Place { get; init; }

    /// <summary>The distance between the eyes in pixels: the unit of landmark errors. Null where the eyes are not marked.</summary>
    public double? EyeDistance => Points.Count < 2 ? null : Points[0].DistanceTo(Points[1]);

    /// <summary>The mean of the marked points.</summary>
    public ImagePoint Middle => new(Points.Average(point => point.X), Points.Average(point => point.Y));
}
