using System.Globalization;
using Microsoft.Extensions.Options;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Detection;
using Mtcnn.Models;

namespace Mtcnn.Extensions;

/// <summary>Checks every option, and that the weights are there. Each message names option, value and range.</summary>
internal sealed class MtcnnOptionsValidator : IValidateOptions<MtcnnOptions>
{
    public ValidateOptionsResult Validate(string? name, MtcnnOptions options)
    {
        // One detector's option at a time, so that all mistakes are reported at once and the ranges are known in one place only.
        string?[] failures =
        [
            Failure(nameof(options.Profile), options.Profile, () => _ = CascadeProfile.Parse(options.Profile)),
            Failure("Thresholds:Proposal", options.Thresholds.Proposal, new Thresholds(options.Thresholds.Proposal ?? 0, 0, 0).Validate),
            Failure("Thresholds:Refinement", options.Thresholds.Refinement, new Thresholds(0, options.Thresholds.Refinement ?? 0, 0).Validate),
            Failure("Thresholds:Output", options.Thresholds.Output, new Thresholds(0, 0, options.Thresholds.Output ?? 0).Validate),
            Failure(nameof(options.MinimumFace), options.MinimumFace, new FaceDetectorOptions { MinimumFace = options.MinimumFace }.Validate),
            FailureOfMaximumFace(options),
            Failure(nameof(options.PyramidFactor), options.PyramidFactor, new FaceDetectorOptions { PyramidFactor = options.PyramidFactor }.Validate),
            Failure(nameof(options.Selection), options.Selection, new FaceDetectorOptions { Selection = options.Selection }.Validate),
            Failure(nameof(options.MaximumFaces), options.MaximumFaces, new FaceDetectorOptions { MaximumFaces = options.MaximumFaces }.Validate),
            Failure(nameof(options.Device), options.Device, () => _ = CaffeSharp.Device.Parse(options.Device)),
            Failure(nameof(options.Engine), options.Engine, new FaceDetectorOptions { Engine = options.Engine }.Validate),
            Failure(nameof(options.Threads), options.Threads, new FaceDetectorOptions { Threads = options.Threads }.Validate),
            FailureOfRange(nameof(options.MaximumRunning), options.MaximumRunning ?? 1, 1, MtcnnOptions.LargestMaximumRunning),
            FailureOfRange(nameof(options.MaximumWaiting), options.MaximumWaiting, 0, MtcnnOptions.LargestMaximumWaiting),
            FailureOfRange(nameof(options.MaximumPixels), options.MaximumPixels, 1, MtcnnOptions.LargestMaximumPixels),
            FailureOfWeights(options),
        ];
        string[] found = [.. failures.OfType<string>()];
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string? FailureOfMaximumFace(MtcnnOptions options) =>
        Failure(nameof(options.MaximumFace), options.MaximumFace, new FaceDetectorOptions { MaximumFace = options.MaximumFace }.Validate)
        ?? (options.MaximumFace < options.MinimumFace
            ? Describe(nameof(options.MaximumFace), options.MaximumFace, $"It is not below {nameof(options.MinimumFace)} ({options.MinimumFace}).")
            : null);

    private static string? FailureOfRange(string option, long value, long least, long largest) =>
        value >= least && value <= largest ? null : Describe(option, value, $"It is from {least} to {largest}.");

    private static string? FailureOfWeights(MtcnnOptions options)
    {
        try
        {
            _ = ModelFiles.Locate(options.ModelsFolder, options.RefineLandmarks);
            return null;
        }
        catch (ModelException failure)
        {
            return Describe(nameof(options.ModelsFolder), options.ModelsFolder ?? "not set", failure.Message);
        }
    }

    private static string? Failure(string option, object? value, Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (ArgumentException failure)
        {
            // What .NET appends names the parameter and the value once more.
            int appended = failure.Message.IndexOf($" (Parameter '{failure.ParamName}')", StringComparison.Ordinal);
            return Describe(option, value, appended < 0 ? failure.Message : failure.Message[..appended]);
        }
        catch (FormatException failure)
        {
            return Describe(option, value, failure.Message);
        }
    }

    private static string Describe(string option, object? value, string problem) =>
        string.Create(CultureInfo.InvariantCulture, $"{option} is {value ?? "null"}. {problem}");
}
