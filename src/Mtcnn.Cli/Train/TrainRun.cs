using System.Globalization;

using Mtcnn.Cli.Charts;
using Mtcnn.Cli.Terminal;
using Mtcnn.Training.Nets;
using Mtcnn.Training.Options;

using Spectre.Console;

namespace Mtcnn.Cli.Train;

/// <summary>Runs `mtcnn train` with parsed arguments.</summary>
internal sealed class TrainRun(NetTrainingOptions options, string folder, CancellationToken stop)
{
    public async Task<int> RunAsync()
    {
        NetTrainingSummary? summary = null;
        await ProgressBar.RunAsync(
            options.Net.Definition().Name,
            options.Iterations,
            sharesTerminal: false,
            report => Task.Run(() => summary = NetTraining.Run(options, folder, new ProgressReporter(report), stop), CancellationToken.None)).ConfigureAwait(false);
        TrainingCharts.Write(folder, summary!);
        Print(summary!);
        return ExitCode.Success;
    }

    private void Print(NetTrainingSummary summary)
    {
        Table table = Tables.Create("", "training", "validation").WithNumbers(1, 2);
        TrainingLogRow end = summary.Log[^1];
        NetValidation validation = end.Validation;
        table.AddPlainRow("Iterations", $"{end.Iteration}", "");
        table.AddPlainRow("Seconds", Text(summary.Seconds, "F0"), "");
        table.AddPlainRow("Classification loss", Text(end.Losses.Classification), Text(validation.ClassificationLoss));
        table.AddPlainRow("Loss, box", Text(end.Losses.Offsets), Text(validation.OffsetLoss));
        table.AddPlainRow("Loss, landmarks", Text(end.Losses.Points), Text(validation.PointLoss));
        table.AddPlainRow("Accuracy", "", Text(validation.Accuracy));
        table.AddPlainRow("Faces that pass", "", Text(validation.Recall));
        table.AddPlainRow("Non-faces that pass", "", Text(validation.FalsePositiveRate));
        table.AddPlainRow("Landmark error", "", Text(validation.LandmarkError));
        using (TextWriter text = StandardOutput.OpenText())
        {
            text.WriteLine($"{Path.Combine(folder, summary.Weights)}");
        }

        using Stream output = StandardOutput.Open();
        Tables.Write(table, output);
    }

    private static string Text(double? value, string format = "F4") => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    // Progress<T> would report on other threads, and also after the end.
    private sealed class ProgressReporter(IProgressReport report) : IProgress<NetTrainingProgress>
    {
        public void Report(NetTrainingProgress value)
        {
            report.Done(value.Iteration);
            if (value.Message is { } message)
            {
                report.Say(message);
            }

            if (value.LogRow is { } row)
            {
                report.Say(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Iteration}: loss {row.Losses.Total:F4}{Part(", accuracy ", row.Validation.Accuracy)}{Part(", recall ", row.Validation.Recall)}{Part(", false positives ", row.Validation.FalsePositiveRate)}{Part(", landmark error ", row.Validation.LandmarkError)}, {value.IterationsPerSecond:F0} batches/s"));
            }
        }

        private static string Part(string name, double? value) => value is null ? "" : name + Text(value);
    }
}
