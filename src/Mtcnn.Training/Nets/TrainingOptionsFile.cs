using System.Text.Json;
using System.Text.Json.Nodes;
using Mtcnn.Training.Options;
using Mtcnn.Training.Records;

namespace Mtcnn.Training.Nets;

/// <summary>The record of the options that a training was started with, as JSON.</summary>
/// <param name="folder">The training's folder.</param>
internal sealed class TrainingOptionsFile(string folder) : ResumableRecord<JsonObject>(System.IO.Path.Combine(folder, "options.json"), NetTrainingJson.Default.JsonObject)
{
    private const string Net = "net";

    // These options do not change the weights.
    private static readonly string[] s_freeOptions = ["snapshotInterval", "validationInterval", "validationLimit", "threads"];

    /// <inheritdoc/>
    protected override string Remedy => "Name another folder, or delete this one.";

    /// <summary>Converts the options of a training for its record. Paths beside the training's folder become relative, so that both can be moved together.</summary>
    /// <param name="folder">The training's folder.</param>
    /// <param name="options">Its options.</param>
    public static JsonObject Describe(string folder, NetTrainingOptions options)
    {
        string beside = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, ".."));
        NetTrainingOptions portable = options with
        {
            Crops = [.. options.Crops.Select(path => PortablePath.In(beside, path))],
            ValidationCrops = [.. options.ValidationCrops.Select(path => PortablePath.In(beside, path))],
            InitialWeights = options.InitialWeights is { } weights ? PortablePath.In(beside, weights) : null,
        };
        return JsonSerializer.SerializeToNode(portable, NetTrainingJson.Default.NetTrainingOptions)!.AsObject();
    }

    /// <inheritdoc/>
    protected override JsonObject OptionsOf(JsonObject record)
    {
        JsonObject deciding = record.DeepClone().AsObject();
        foreach (string free in s_freeOptions)
        {
            _ = deciding.Remove(free);
        }

        return deciding;
    }

    /// <inheritdoc/>
    protected override string Refusal(JsonObject before, JsonObject now, string changes) => before[Net]?.ToString() is { } net && net != now[Net]!.ToString()
        ? $"{folder}: this folder contains the training of {net}. {now[Net]} requires another folder."
        : $"{folder}: the training in this folder was started with other options: {changes}.\nUse the same options to continue it, or name another folder.";

    /// <inheritdoc/>
    protected override Exception Failure(string message, Exception? cause) => new RunException(message, cause);
}
