using Mtcnn.Detection;
using Mtcnn.Training.Evaluation;

namespace Mtcnn.Cli.Evaluate;

/// <summary>What `mtcnn evaluate` was asked for.</summary>
internal sealed record EvaluateRequest
{
    /// <summary>The sets of marked images.</summary>
    public required IReadOnlyList<EvaluationSource> Sources { get; init; }

    public required FaceDetectorOptions Detector { get; init; }

    public required EvaluationOptions Measures { get; init; }

    /// <summary>The folder that gets the report; null for none.</summary>
    public string? Report { get; init; }

    /// <summary>The folder that gets detections as WIDER FACE's evaluation takes them; null for none.</summary>
    public string? WriteWider { get; init; }

    /// <summary>The file that gets detections as FDDB's evaluation takes them; null for none.</summary>
    public string? WriteFddb { get; init; }

    /// <summary>The figures of another run to show beside these; null for none.</summary>
    public string? CompareWith { get; init; }
}
