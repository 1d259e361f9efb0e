using System.Globalization;
using System.Text.Json.Nodes;
using Mtcnn.Training.Stages;

namespace Mtcnn.Training.Cascade;

/// <summary>Copies a trained net's weights to the folder for the detector, with an adjusted bias if the configuration has a recall.</summary>
internal sealed class WeightsStage(string net, FaceCalibration? calibration, string crops, string trained, string weights) : IRunStage
{
    public string Name => $"{net}/weights";

    public JsonObject Options => new() { ["recall"] = calibration?.Recall };

    public IReadOnlyList<string> Inputs => [crops, trained];

    public IReadOnlyList<string> Outputs => [weights];

    public Task RunAsync(IProgress<string> say, CancellationToken stop)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(weights)!);
        if (calibration is null)
        {
            File.Copy(trained, weights, overwrite: true);
        }
        else
        {
            CalibratedAnswer moved = calibration.Run(trained, weights, stop);
            say.Report(string.Create(
                CultureInfo.InvariantCulture,
                $"{Name}: the bias of \"face\" changes by {moved.Shift:+0.000;-0.000}: {moved.RecallBefore:P2} of the faces passed before, {moved.RecallAfter:P2} pass now; "
                + $"{moved.OthersBefore:P2} of the rest passed before, {moved.OthersAfter:P2} pass now"));
        }

        return Task.CompletedTask;
    }

    public void Clear() => File.Delete(weights);
}
