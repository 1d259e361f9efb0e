using Mtcnn.Cascade.Boxes;

namespace Mtcnn.Training.Crops;

/// <summary>The targets of a crop, in addition to its label.</summary>
/// <param name="Offsets">The distance of each edge of the face from the same edge of the crop, in sides of the crop; null if unknown.</param>
/// <param name="Points">
/// The five points in the order of 48net's output, first all x, then all y, relative to the left and top edges of the crop or of the point's patch, in its sides; null if
/// unknown.
/// </param>
public sealed record CropTargets(BoxOffsets? Offsets, IReadOnlyList<float>? Points)
{
    /// <summary>No targets, for a crop without a face.</summary>
    public static CropTargets None { get; } = new(null, null);
}
