using System.Globalization;

using Mtcnn.Cli.Charts;
using Mtcnn.Cli.Evaluate;
using Mtcnn.Cli.Terminal;
using Mtcnn.Detection;
using Mtcnn.Models;
using Mtcnn.Training.Cascade;
using Mtcnn.Training.Evaluation;
using Mtcnn.Training.Nets;

namespace Mtcnn.Cli.TrainCascade;

/// <summary>Runs `mtcnn train cascade` with parsed arguments.</summary>
internal sealed class CascadeRun(CascadeRequest request, CancellationToken stop)
{
    public async Task<int> RunAsync()
    {
        string data = request.Data ?? Path.GetDirectoryName(Path.GetFullPath(request.Configuration))!;
        CascadeTraining training = new(request.Configuration, data, request.Folder);
        EvaluationSource[] measured = [.. training.Measured.Select(EvaluationSource.Of)];
        await training.RunAsync(request.RestartFrom, new ProgressReporter(), stop).ConfigureAwait(false);
        foreach ((string folder, NetTrainingSummary summary) in training.ReadSummaries())
        {
            TrainingCharts.Write(folder, summary);
        }

        ErrorReport.Hint($"The weights are in {training.ModelFolder}: mtcnn detect --models {training.ModelFolder} IMAGE");
        if (measured.Length > 0)
        {
            await MeasureAsync(training, measured, refined: false).ConfigureAwait(false);
            if (training.TrainsLandmarks)
            {
                await MeasureAsync(training, measured, refined: true).ConfigureAwait(false);
            }
        }

        return ExitCode.Success;
    }

    private Task<int> MeasureAsync(CascadeTraining training, EvaluationSource[] measured, bool refined) => new EvaluateRun(
        new EvaluateRequest
        {
            Sources = measured,
            Measures = new EvaluationOptions(),
            Report = refined ? training.RefinedReportFolder : training.ReportFolder,
            Detector = new FaceDetectorOptions { Models = ModelFiles.Locate(training.ModelFolder, withLandmarks: refined), RefineLandmarks = refined },
        },
        stop).RunAsync();

    /// <summary>Writes each line with the time of day to standard error: a run takes an hour or more.</summary>
    private sealed class ProgressReporter : IProgress<string>
    {
        public void Report(string value) =>
            ErrorReport.Hint(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetLocalNow():HH:mm:ss} {value}"));
    }
}
