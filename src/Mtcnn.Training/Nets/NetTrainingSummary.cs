using Mtcnn.Training.Options;

namespace Mtcnn.Training.Nets;

/// <summary>What became of a training: the file <c>training.json</c> of its folder.</summary>
public sealed record NetTrainingSummary
{
    /// <summary>The net, as in <c>12net</c>.</summary>
    public required string Net { get; init; }

    /// <summary>The file of its weights, which the detector takes, within the folder.</summary>
    public required string Weights { get; init; }

    /// <summary>How long it took in seconds, all its runs together.</summary>
    public required double Seconds { get; init; }

    /// <summary>The lines of its log; the last is of the end.</summary>
    public required IReadOnlyList<TrainingLogRow> Log { get; init; }

    /// <summary>What it was trained with.</summary>
    public required NetTrainingOptions Options { get; init; }
}
