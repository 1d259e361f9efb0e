using Mtcnn.Faces;
using Mtcnn.Training.Annotations;

namespace Mtcnn.Training.Evaluation;

/// <summary>A marked face and the detection that found it.</summary>
/// <param name="Annotated">The marked face.</param>
/// <param name="Detected">The detection; null if the face was missed.</param>
public sealed record FaceMatch(AnnotatedFace Annotated, Face? Detected)
{
    /// <summary>
    /// The normalised mean error (NME): the mean distance of the five landmarks from the marked ones, over the marked eye
    /// distance. Null if the face was missed or five landmarks are not marked.
    /// </summary>
    public double? LandmarkError => LandmarkErrors(LandmarkUnit.EyeDistance)?.Average();

    /// <summary>
    /// The distance of each landmark from the marked one, in the unit. Null if the face was missed, if five landmarks are not marked, or if the
    /// unit requires a box and no box is marked.
    /// </summary>
    public IReadOnlyList<double>? LandmarkErrors(LandmarkUnit unit)
    {
        double? length = unit == LandmarkUnit.EyeDistance
            ? Annotated.Landmarks?.EyeDistance
            : Annotated.Box is { } box ? Math.Sqrt((box.Width * box.Width) + (box.Height * box.Height)) : null;
        return Detected is not null && Annotated.Landmarks is { } truth && length is { } divisor
            ? [.. Enumerable.Range(0, Landmarks.Count).Select(index => Detected.Landmarks[index].DistanceTo(truth[index]) / divisor)]
            : null;
    }
}
