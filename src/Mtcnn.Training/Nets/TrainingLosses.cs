namespace Mtcnn.Training.Nets;

/// <summary>Mean losses of training batches, before their weights. A task that none of them had is null.</summary>
/// <param name="Total">The weighted sum, which the solver lowers.</param>
/// <param name="Classification">Face or none.</param>
/// <param name="Offsets">The boxes.</param>
/// <param name="Points">The landmarks.</param>
public sealed record TrainingLosses(double Total, double? Classification, double? Offsets, double? Points);
