using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mtcnn.Training.Options;
using Mtcnn.Training.Records;

namespace Mtcnn.Training.Nets;

/// <summary>The files of one training: its options, log, snapshots, weights and, after the end, its summary.</summary>
internal sealed class TrainingFolder
{
    private const string SnapshotMark = "_iter_";
    private const string StateEnding = ".solverstate";

    private readonly string _folder;
    private readonly TrainableNet _net;

    /// <summary>Creates the folder, or opens the folder of the same training.</summary>
    /// <exception cref="RunException">The folder belongs to another training.</exception>
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

    /// <summary>The path, as given.</summary>
    internal string Folder => _folder;

    /// <summary>The file of the weights.</summary>
    internal string WeightsPath => Path.Combine(_folder, $"{_net.Name}.caffemodel");

    /// <summary>The log.</summary>
    internal string LogPath => Path.Combine(_folder, "log.csv");

    /// <summary>The prefix of snapshots' names.</summary>
    internal string SnapshotPrefix => Path.Combine(SnapshotFolder, _net.Name);

    private string SummaryPath => Path.Combine(_folder, "training.json");

    private string SnapshotFolder => Path.Combine(_folder, "snapshots");

    /// <summary>The summary of a finished training; null if it is not finished.</summary>
    internal NetTrainingSummary? ReadSummary() => File.Exists(SummaryPath) && File.Exists(WeightsPath)
        ? JsonSerializer.Deserialize(File.ReadAllText(SummaryPath), NetTrainingJson.Default.NetTrainingSummary)
        : null;

    internal void Write(NetTrainingSummary summary) =>
        RecordFile.Write(SummaryPath, JsonSerializer.Serialize(summary, NetTrainingJson.Default.NetTrainingSummary));

    /// <summary>The state file of the newest snapshot; null if there is none.</summary>
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
