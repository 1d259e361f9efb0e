namespace Mtcnn.Training.Nets;

/// <summary>A line of a training's log: one validation, and the batches since the previous one.</summary>
/// <param name="Iteration">The number of completed batches.</param>
/// <param name="Seconds">The duration in seconds, including validations.</param>
/// <param name="LearningRate">The rate of the next batch.</param>
/// <param name="Losses">The mean losses of the batches since the previous line.</param>
/// <param name="Validation">The results on validation crops.</param>
public sealed record TrainingLogRow(int Iteration, double Seconds, float LearningRate, TrainingLosses Losses, NetValidation Validation);
