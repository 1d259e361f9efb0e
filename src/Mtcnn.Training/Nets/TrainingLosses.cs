namespace Mtcnn.Training.Nets;

/// <summary>The mean losses of training batches, before weighting. The loss of a task is null if no batch has the task.</summary>
/// <param name="Total">The weighted sum, which the solver minimizes.</param>
/// <param name="Classification">The loss of the classification.</param>
/// <param name="Offsets">The loss of the boxes.</param>
/// <param name="Points">The loss of the landmarks.</param>
public sealed record TrainingLosses(double Total, double? Classification, double? Offsets, double? Points);
