namespace Mtcnn.Cascade.Boxes;

/// <summary>Which boxes count as the same face in non-maximum suppression.</summary>
/// <param name="Threshold">Boxes that overlap by more than this, from 0 to 1, are the same.</param>
/// <param name="Kind">How overlap is measured.</param>
internal readonly record struct SuppressionRule(double Threshold, OverlapKind Kind);
