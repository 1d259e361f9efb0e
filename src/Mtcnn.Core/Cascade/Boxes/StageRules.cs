namespace Mtcnn.Cascade.Boxes;

/// <summary>What happens to the boxes that a network let pass.</summary>
/// <param name="BeforeSuppression">Done to each box first.</param>
/// <param name="Suppression">The non-maximum suppression over all boxes of the image.</param>
/// <param name="AfterSuppression">Done to each box that stays.</param>
internal sealed record StageRules(BoxRule BeforeSuppression, SuppressionRule Suppression, BoxRule AfterSuppression);
