using System.Text.Json.Nodes;

namespace Mtcnn.Training.Stages;

/// <summary>What a run's folder keeps of a stage: how far it got, with which options, from which files to which.</summary>
internal sealed record StageRecord
{
    /// <summary>How far it got.</summary>
    public required StageState State { get; init; }

    /// <summary>The options it was begun with.</summary>
    public required JsonObject Options { get; init; }

    /// <summary>The SHA-256 of every file it read, by path.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>The SHA-256 of every file it made, by path; empty until it is done.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>The time it took, in seconds, over all runs that continued with it.</summary>
    public double Seconds { get; init; }
}
