using Mtcnn.Training.Annotations;

namespace Mtcnn.Training.Preparation;

/// <summary>Annotated images, and how crops are cut from them.</summary>
/// <param name="Annotations">The images.</param>
/// <param name="EveryFaceIsMarked">
/// Whether what is outside the marked faces is not a face. Else negatives are only taken where they overlap a marked face, because a face may be anywhere else.
/// </param>
/// <param name="BoxesFromPoints">Whether a face's box is made of its points (see <see cref="PointBox"/>) although it has one.</param>
public sealed record CropSource(AnnotationSet Annotations, bool EveryFaceIsMarked, bool BoxesFromPoints)
{
    /// <summary>
    /// The usual way: every face counts as marked where boxes are what is marked; boxes are made of points where five points of one face an image are, because
    /// such sets' boxes differ from detector to detector.
    /// </summary>
    public static CropSource Of(AnnotationSet annotations) => new(
        annotations, annotations.Rule == MatchRule.BoxOverlap, annotations.Rule == MatchRule.AroundMiddle);
}
