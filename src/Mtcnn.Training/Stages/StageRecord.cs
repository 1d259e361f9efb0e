using System.Text.Json.Nodes;

namespace Mtcnn.Training.Stages;

/// <summary>The record of a stage in a run's folder: its state, options, input files and output files.</summary>
internal sealed record StageRecord
{
    /// <summary>The state of the stage.</summary>
    public required StageState State { get; init; }

    /// <summary>The options that it was started with.</summary>
    public required JsonObject Options { get; init; }

    /// <summary>The SHA-256 of every input file, by path.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>The SHA-256 of every output file, by path; empty until the stage is finished.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>The duration in seconds, over all runs.</summary>
    public double Seconds { get; init; }
}
