using System.Diagnostics;
using System.Security.Cryptography;
using Mtcnn.Training.Nets;

namespace Mtcnn.Training.Stages;

/// <summary>
/// Does the stages of a run in order. What is done is not done again; what was stopped goes on; what was done with other options or from other files is
/// never mixed with the rest, but refused, until the caller says from which stage on to begin anew.
/// </summary>
internal sealed class StageRunner(string runFolder, IReadOnlyList<IRunStage> stages)
{
    private readonly StageRecords _records = new(runFolder);

    /// <summary>Does them.</summary>
    /// <param name="anewFrom">The name of the stage from which on everything is done anew; null to go on.</param>
    /// <param name="say">Told in a line how it goes.</param>
    /// <param name="stop">Stops between two steps of a stage, so that the same call goes on later.</param>
    /// <exception cref="RunException">There is no such stage, or a stage was done with other options or from other files.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task RunAsync(string? anewFrom, IProgress<string> say, CancellationToken stop)
    {
        int anew = anewFrom is null ? int.MaxValue : IndexOf(anewFrom);
        for (int index = 0; index < stages.Count; index++)
        {
            stop.ThrowIfCancellationRequested();
            IRunStage stage = stages[index];
            if (index >= anew)
            {
                stage.Clear();
                _records.Delete(stage);
            }

            await RunAsync(stage, say, stop).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(IRunStage stage, IProgress<string> say, CancellationToken stop)
    {
        StageRecord now = new() { State = StageState.Begun, Options = stage.Options, Inputs = Hash(stage.Inputs) };
        StageRecord? before = _records.Read(stage);
        if (before is not null)
        {
            RefuseOther(stage, before, now);
            if (before.State == StageState.Done && stage.Outputs.All(File.Exists))
            {
                say.Report($"{stage.Name}: done before");
                return;
            }

            now = now with { Seconds = before.State == StageState.Begun ? before.Seconds : 0 };
        }

        say.Report(before is null ? stage.Name : $"{stage.Name}: goes on");
        _records.Write(stage, now);
        long start = Stopwatch.GetTimestamp();
        try
        {
            await stage.RunAsync(say, stop).ConfigureAwait(false);
            now = now with { State = StageState.Done, Outputs = Hash(stage.Outputs) };
        }
        finally
        {
            _records.Write(stage, now with { Seconds = now.Seconds + Stopwatch.GetElapsedTime(start).TotalSeconds });
        }
    }

    private void RefuseOther(IRunStage stage, StageRecord before, StageRecord now)
    {
        string[] changes =
        [
            .. OptionDifferences.Between(before.Options, now.Options),
            .. before.Inputs.Keys.Union(now.Inputs.Keys)
                .Where(path => before.Inputs.GetValueOrDefault(path) != now.Inputs.GetValueOrDefault(path))
                .Select(path => $"the file {path} has changed"),
        ];
        if (changes.Length > 0)
        {
            throw new RunException(
                $"{runFolder}: the stage {stage.Name} was {(before.State == StageState.Done ? "done" : "begun")} otherwise than the configuration now says: "
                + $"{string.Join("; ", changes)}.\n"
                + $"Change the configuration back, name another folder, or do it and what follows anew: --from {stage.Name}");
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
        paths.ToDictionary(path => PortablePath.In(runFolder, path), path =>
        {
            if (!File.Exists(path))
            {
                throw new RunException($"{path}: the file is missing.");
            }

            using FileStream stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        });
}
