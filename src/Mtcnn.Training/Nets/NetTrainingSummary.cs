using Mtcnn.Training.Options;

namespace Mtcnn.Training.Nets;

/// <summary>The summary of a training, as in the file <c>training.json</c> of its folder.</summary>
public sealed record NetTrainingSummary
{
    /// <summary>The name of the net, such as <c>12net</c>.</summary>
    public required string Net { get; init; }

    /// <summary>The file of the weights for the detector, relative to the folder.</summary>
    public required string Weights { get; init; }

    /// <summary>The duration in seconds, over all runs.</summary>
    public required double Seconds { get; init; }

    /// <summary>The lines of the log. The last line describes the end of the training.</summary>
    public required IReadOnlyList<TrainingLogRow> Log { get; init; }

    /// <summary>The options of the training.</summary>
    public required NetTrainingOptions Options { get; init; }
}
