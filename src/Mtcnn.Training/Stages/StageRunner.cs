using System.Diagnostics;
using Mtcnn.Training.Records;

namespace Mtcnn.Training.Stages;

/// <summary>
/// Does the stages of a run in order. What is done is not done again; what was stopped continues; what was done with other options or from other files is
/// never mixed with the rest, but refused, until the caller says from which stage on to begin again.
/// </summary>
internal sealed class StageRunner(string runFolder, IReadOnlyList<IRunStage> stages)
{
    /// <summary>Does them.</summary>
    /// <param name="restartFrom">The name of the stage from which on everything is done again; null to continue.</param>
    /// <param name="say">Told in a line how it goes.</param>
    /// <param name="stop">Stops between two steps of a stage, so that the same call continues later.</param>
    /// <exception cref="RunException">There is no such stage, or a stage was done with other options or from other files.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task RunAsync(string? restartFrom, IProgress<string> say, CancellationToken stop)
    {
        int again = restartFrom is null ? int.MaxValue : IndexOf(restartFrom);
        for (int index = 0; index < stages.Count; index++)
        {
            stop.ThrowIfCancellationRequested();
            IRunStage stage = stages[index];
            if (index >= again)
            {
                stage.Clear();
                new StageRecordFile(runFolder, stage.Name).Delete();
            }

            await RunAsync(stage, say, stop).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(IRunStage stage, IProgress<string> say, CancellationToken stop)
    {
        StageRecord now = new() { State = StageState.Begun, Options = stage.Options, Inputs = Hash(stage.Inputs) };
        StageRecordFile record = new(runFolder, stage.Name);
        StageRecord? before = record.Resume(now);
        if (before is not null)
        {
            if (before.State == StageState.Done && stage.Outputs.All(File.Exists))
            {
                say.Report($"{stage.Name}: done before");
                return;
            }

            now = now with { Seconds = before.State == StageState.Begun ? before.Seconds : 0 };
        }

        say.Report(before is null ? stage.Name : $"{stage.Name}: continues");
        _ = Directory.CreateDirectory(Path.GetDirectoryName(record.Path)!);
        record.Write(now);
        long start = Stopwatch.GetTimestamp();
        try
        {
            await stage.RunAsync(say, stop).ConfigureAwait(false);
            now = now with { State = StageState.Done, Outputs = Hash(stage.Outputs) };
        }
        finally
        {
            record.Write(now with { Seconds = now.Seconds + Stopwatch.GetElapsedTime(start).TotalSeconds });
        }
    }

    private int IndexOf(string name)
    {
        for (int index = 0; index < stages.Count; index++)
        {
            if (stages[index].Name == name)
            {
                return index;
            }
        }

        throw new RunException($"There is no stage \"{name}\"; there are {string.Join(", ", stages.Select(stage => stage.Name))}.");
    }

    private Dictionary<string, string> Hash(IEnumerable<string> paths) =>
        paths.ToDictionary(
            path => PortablePath.In(runFolder, path),
            path => File.Exists(path) ? FileHash.Of(path) : throw new RunException($"{path}: the file is missing."));
}
