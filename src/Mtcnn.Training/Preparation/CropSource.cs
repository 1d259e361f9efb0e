using Mtcnn.Training.Annotations;

namespace Mtcnn.Training.Preparation;

/// <summary>Annotated images, and the rules for cutting crops from them.</summary>
/// <param name="Annotations">The images.</param>
/// <param name="EveryFaceIsMarked">
/// Whether every face is marked, so that the rest is background. If false, negatives must overlap a marked face, because unmarked faces may be anywhere else.
/// </param>
/// <param name="BoxesFromPoints">Whether a face's box is computed from its points (see <see cref="PointBox"/>) even if a box is marked.</param>
public sealed record CropSource(AnnotationSet Annotations, bool EveryFaceIsMarked, bool BoxesFromPoints)
{
    /// <summary>
    /// Creates a source with the default rules. Every face is considered marked if the set marks boxes. Boxes are computed from points if the set marks five points of one face per image, because
    /// the boxes of such sets depend on the detector that created them.
    /// </summary>
    public static CropSource Of(AnnotationSet annotations) => new(
        annotations, annotations.Rule == MatchRule.BoxOverlap, annotations.Rule == MatchRule.AroundMiddle);
}
