using Mtcnn.Cascade.Boxes;

namespace Mtcnn.Training.Crops;

/// <summary>What a network should say about a crop, beside whether it is a face.</summary>
/// <param name="Offsets">How far each edge of the face lies from that edge of the crop, in sides of the crop; null where it is not known.</param>
/// <param name="Points">
/// The five points in the order of 48net's answer, first all x, then all y, from the left and top edge of the crop, or of the point's own patch, in its sides; null where
/// they are not known.
/// </param>
public sealed record CropTargets(BoxOffsets? Offsets, IReadOnlyList<float>? Points)
{
    /// <summary>Nothing is known: a crop without a face.</summary>
    public static CropTargets None { get; } = new(null, null);
}
