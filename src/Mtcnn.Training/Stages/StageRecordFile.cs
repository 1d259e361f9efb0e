using System.Text.Json.Nodes;
using Mtcnn.Training.Records;

namespace Mtcnn.Training.Stages;

/// <summary>The record of one stage in the folder of a run.</summary>
/// <param name="runFolder">The run's folder.</param>
/// <param name="stage">The stage's name.</param>
internal sealed class StageRecordFile(string runFolder, string stage) : ResumableRecord<StageRecord>(
    System.IO.Path.Combine(runFolder, "stages", stage.Replace('/', '-') + ".json"), StageRecordJson.Default.StageRecord)
{
    /// <inheritdoc/>
    protected override string Remedy => "Delete it; the stage is then done again.";

    /// <inheritdoc/>
    protected override JsonObject OptionsOf(StageRecord record) => record.Options;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> FilesOf(StageRecord record) => record.Inputs;

    /// <inheritdoc/>
    protected override string Refusal(StageRecord before, StageRecord now, string changes) =>
        $"{runFolder}: the stage {stage} was {(before.State == StageState.Done ? "done" : "begun")} otherwise than the configuration now says: {changes}.\n"
        + $"Change the configuration back, name another folder, or do it and what follows again: --from {stage}";

    /// <inheritdoc/>
    protected override Exception Failure(string message, Exception? cause) => new RunException(message, cause);
}
