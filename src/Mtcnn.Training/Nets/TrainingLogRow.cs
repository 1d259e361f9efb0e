namespace Mtcnn.Training.Nets;

/// <summary>A line of a training's log: one validation, and the batches since the one before.</summary>
/// <param name="Iteration">How many batches it had learnt from.</param>
/// <param name="Seconds">How long that took, the validations among it.</param>
/// <param name="LearningRate">The rate of the next batch.</param>
/// <param name="Losses">Of the batches since the line before.</param>
/// <param name="Validation">What it says of crops that it does not learn from.</param>
public sealed record TrainingLogRow(int Iteration, double Seconds, float LearningRate, TrainingLosses Losses, NetValidation Validation);
