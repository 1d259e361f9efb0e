namespace Mtcnn.Training.Nets;

/// <summary>A progress report of a training.</summary>
public sealed record NetTrainingProgress
{
    /// <summary>The number of completed batches.</summary>
    public required int Iteration { get; init; }

    /// <summary>The total number of batches.</summary>
    public required int Iterations { get; init; }

    /// <summary>The number of batches per second since the training started or resumed.</summary>
    public double? IterationsPerSecond { get; init; }

    /// <summary>The mean losses of the batches since the last validation; null before the first batch.</summary>
    public TrainingLosses? Losses { get; init; }

    /// <summary>The line of the log that was just written; null if no line was written.</summary>
    public TrainingLogRow? LogRow { get; init; }

    /// <summary>A message, such as the iteration of a resumed training, the initial weights or a written snapshot; null if there is no message.</summary>
    public string? Message { get; init; }
}
