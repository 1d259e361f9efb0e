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
    protected override string Remedy => "Delete it to repeat the stage.";

    /// <inheritdoc/>
    protected override JsonObject OptionsOf(StageRecord record) => record.Options;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> FilesOf(StageRecord record) => record.Inputs;

    /// <inheritdoc/>
    protected override string Refusal(StageRecord before, StageRecord now, string changes) =>
        $"{runFolder}: the stage {stage} was {(before.State == StageState.Done ? "finished" : "started")} with another configuration or other files: {changes}.\n"
        + $"Restore the configuration, name another folder, or repeat this stage and all stages after it with --from {stage}";

    /// <inheritdoc/>
    protected override Exception Failure(string message, Exception? cause) => new RunException(message, cause);
}
