namespace Mtcnn.Training.Nets;

/// <summary>A word from a training on its way.</summary>
public sealed record NetTrainingProgress
{
    /// <summary>How many batches it has learnt from.</summary>
    public required int Iteration { get; init; }

    /// <summary>How many there are to be.</summary>
    public required int Iterations { get; init; }

    /// <summary>How many a second, since it began or continued.</summary>
    public double? IterationsPerSecond { get; init; }

    /// <summary>The mean losses of the batches since the last validation; null before the first batch.</summary>
    public TrainingLosses? Losses { get; init; }

    /// <summary>The line of the log that was just written; else null.</summary>
    public TrainingLogRow? LogRow { get; init; }

    /// <summary>What there is to say beside the numbers: where it continues, what the first weights are, what was written; else null.</summary>
    public string? Message { get; init; }
}
