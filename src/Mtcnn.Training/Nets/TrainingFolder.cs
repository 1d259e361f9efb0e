using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mtcnn.Training.Files;
using Mtcnn.Training.Stages;

namespace Mtcnn.Training.Nets;

/// <summary>The files of one training: its options, log, snapshots, weights and, when it is done, its summary.</summary>
internal sealed class TrainingFolder
{
    private const string SnapshotMark = "_iter_";
    private const string StateEnding = ".solverstate";

    // They decide nothing of the weights.
    private static readonly string[] s_freeOptions = ["snapshotInterval", "validationInterval", "validationLimit", "threads"];

    private readonly string _folder;
    private readonly TrainableNet _net;

    /// <summary>Makes the folder, or finds one of the same training.</summary>
    /// <exception cref="RunException">It is another training's.</exception>
    internal TrainingFolder(string folder, NetTrainingOptions options)
    {
        _folder = folder;
        _net = TrainableNet.Of(options.Net);
        Directory.CreateDirectory(SnapshotFolder);
        JsonObject now = JsonSerializer.SerializeToNode(PortablePath.Beside(folder, options), NetTrainingJson.Default.NetTrainingOptions)!.AsObject();
        if (File.Exists(OptionsPath))
        {
            RefuseOther(now);
        }

        RecordFile.Write(OptionsPath, now.ToJsonString(NetTrainingJson.Default.Options));
    }

    /// <summary>As it was given.</summary>
    internal string Folder => _folder;

    /// <summary>Where the weights go.</summary>
    internal string WeightsPath => Path.Combine(_folder, $"{_net.Name}.caffemodel");

    /// <summary>The log.</summary>
    internal string LogPath => Path.Combine(_folder, "log.csv");

    /// <summary>What snapshots' names begin with.</summary>
    internal string SnapshotPrefix => Path.Combine(SnapshotFolder, _net.Name);

    private string OptionsPath => Path.Combine(_folder, "options.json");

    private string SummaryPath => Path.Combine(_folder, "training.json");

    private string SnapshotFolder => Path.Combine(_folder, "snapshots");

    /// <summary>The summary of a training that is done; else null.</summary>
    internal NetTrainingSummary? ReadSummary() => File.Exists(SummaryPath) && File.Exists(WeightsPath)
        ? JsonSerializer.Deserialize(Read(SummaryPath), NetTrainingJson.Default.NetTrainingSummary)
        : null;

    internal void Write(NetTrainingSummary summary) =>
        RecordFile.Write(SummaryPath, JsonSerializer.Serialize(summary, NetTrainingJson.Default.NetTrainingSummary));

    /// <summary>The newest snapshot's state; null where there is none.</summary>
    internal (string StatePath, int Iteration)? FindSnapshot()
    {
        (string StatePath, int Iteration)? newest = null;
        foreach (string state in Directory.EnumerateFiles(SnapshotFolder, $"{_net.Name}{SnapshotMark}*{StateEnding}"))
        {
            string number = Path.GetFileNameWithoutExtension(state)[(_net.Name.Length + SnapshotMark.Length)..];
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int iteration)
                && File.Exists(Path.ChangeExtension(state, ".caffemodel")) && iteration > (newest?.Iteration ?? 0))
            {
                newest = (state, iteration);
            }
        }

        return newest;
    }

    private static string Read(string path) => File.ReadAllText(path);

    private void RefuseOther(JsonObject now)
    {
        JsonObject before;
        try
        {
            before = JsonNode.Parse(Read(OptionsPath))!.AsObject();
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new RunException($"{OptionsPath}: the file is damaged: {failure.Message} Name another folder, or delete this one.", failure);
        }

        if (before["net"]?.ToString() is { } net && net != now["net"]!.ToString())
        {
            throw new RunException($"{_folder}: the training of {net} is in this folder, with its snapshots; {_net.Name} wants one of its own.");
        }

        JsonNode left = Deciding(before), right = Deciding(now);
        IReadOnlyList<string> differences = OptionDifferences.Between(left, right);
        if (differences.Count > 0)
        {
            throw new RunException(
                $"{_folder}: the training in this folder was begun otherwise: {string.Join("; ", differences)}.\nGive the same options to go on with it, or name another folder.");
        }
    }

    private static JsonObject Deciding(JsonObject options)
    {
        JsonObject deciding = options.DeepClone().AsObject();
        foreach (string free in s_freeOptions)
        {
            deciding.Remove(free);
        }

        return deciding;
    }
}
