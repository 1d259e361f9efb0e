using System.Diagnostics;
using Mtcnn.Training.Records;

namespace Mtcnn.Training.Stages;

/// <summary>
/// Runs the stages of a run in order. Finished stages are not repeated, and interrupted stages are resumed. If a stage used other options or other files, the run is
/// refused until the caller names the first stage to repeat.
/// </summary>
internal sealed class StageRunner(string runFolder, IReadOnlyList<IRunStage> stages)
{
    /// <summary>Runs the stages.</summary>
    /// <param name="restartFrom">The name of the first stage to repeat, with all stages after it; null to resume.</param>
    /// <param name="say">Receives the progress as lines of text.</param>
    /// <param name="stop">Stops between two steps of a stage. The same call resumes the run later.</param>
    /// <exception cref="RunException">There is no such stage, or a stage used other options or other files.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
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
                say.Report($"{stage.Name}: already done");
                return;
            }

            now = now with { Seconds = before.State == StageState.Begun ? before.Seconds : 0 };
        }

        say.Report(before is null ? stage.Name : $"{stage.Name}: resumes");
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

        throw new RunException($"There is no stage \"{name}\". Stages are {string.Join(", ", stages.Select(stage => stage.Name))}.");
    }

    private Dictionary<string, string> Hash(IEnumerable<string> paths) =>
        paths.ToDictionary(
            path => PortablePath.In(runFolder, path),
            path => File.Exists(path) ? FileHash.Of(path) : throw new RunException($"{path}: the file is missing."));
}
