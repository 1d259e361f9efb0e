using System.Globalization;
using System.Text.Json.Nodes;
using Mtcnn.Training.Nets;
using Mtcnn.Training.Options;
using Mtcnn.Training.Stages;

namespace Mtcnn.Training.Cascade;

/// <summary>Trains one net, from scratch or from other weights.</summary>
internal sealed class TrainingStage(string name, NetTrainingOptions options, string crops, string folder, string weights) : IRunStage
{
    public string Name => name;

    public JsonObject Options => TrainingOptionsFile.Describe(folder, options);

    public IReadOnlyList<string> Inputs => options.InitialWeights is { } first ? [crops, first] : [crops];

    public IReadOnlyList<string> Outputs => [weights];

    public Task RunAsync(IProgress<string> say, CancellationToken stop) => Task.Run(() => NetTraining.Run(options, folder, new ProgressReporter(Name, say), stop), stop);

    /// <summary>The summary of the training, if it is finished.</summary>
    public NetTrainingSummary ReadSummary() => NetTraining.Run(options, folder);

    /// <summary>The folder of its files.</summary>
    public string Folder => folder;

    public void Clear()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class ProgressReporter(string name, IProgress<string> say) : IProgress<NetTrainingProgress>
    {
        public void Report(NetTrainingProgress value)
        {
            if (value.Message is { } message)
            {
                say.Report($"{name}: {message}");
            }
            else if (value.LogRow is { } row)
            {
                NetValidation validation = row.Validation;
                string recall = validation.Recall is { } share ? string.Create(CultureInfo.InvariantCulture, $", {share:P1} of the faces pass") : "";
                string others = validation.FalsePositiveRate is { } rate ? string.Create(CultureInfo.InvariantCulture, $", {rate:P2} of the rest") : "";
                string points = validation.LandmarkError is { } error ? string.Create(CultureInfo.InvariantCulture, $", landmark error {error:F4}") : "";
                say.Report(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: {value.Iteration:N0} of {value.Iterations:N0}, {value.IterationsPerSecond:F0} a second, loss {row.Losses.Total:F4}{recall}{others}{points}"));
            }
        }
    }
}
