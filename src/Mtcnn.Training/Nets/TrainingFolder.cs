using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mtcnn.Training.Options;
using Mtcnn.Training.Records;

namespace Mtcnn.Training.Nets;

/// <summary>The files of one training: its options, log, snapshots, weights and, when it is done, its summary.</summary>
internal sealed class TrainingFolder
{
    private const string SnapshotMark = "_iter_";
    private const string StateEnding = ".solverstate";

    private readonly string _folder;
    private readonly TrainableNet _net;

    /// <summary>Makes the folder, or finds one of the same training.</summary>
    /// <exception cref="RunException">It is another training's.</exception>
    internal TrainingFolder(string folder, NetTrainingOptions options)
    {
        _folder = folder;
        _net = TrainableNet.Of(options.Net);
        Directory.CreateDirectory(SnapshotFolder);
        TrainingOptionsFile record = new(folder);
        JsonObject now = TrainingOptionsFile.Describe(folder, options);
        _ = record.Resume(now);
        record.Write(now);
    }

    /// <summary>As it was given.</summary>
    internal string Folder => _folder;

    /// <summary>Where the weights go.</summary>
    internal string WeightsPath => Path.Combine(_folder, $"{_net.Name}.caffemodel");

    /// <summary>The log.</summary>
    internal string LogPath => Path.Combine(_folder, "log.csv");

    /// <summary>What snapshots' names begin with.</summary>
    internal string SnapshotPrefix => Path.Combine(SnapshotFolder, _net.Name);

    private string SummaryPath => Path.Combine(_folder, "training.json");

    private string SnapshotFolder => Path.Combine(_folder, "snapshots");

    /// <summary>The summary of a training that is done; else null.</summary>
    internal NetTrainingSummary? ReadSummary() => File.Exists(SummaryPath) && File.Exists(WeightsPath)
        ? JsonSerializer.Deserialize(File.ReadAllText(SummaryPath), NetTrainingJson.Default.NetTrainingSummary)
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
}
