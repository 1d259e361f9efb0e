using Mtcnn.Detection;
using Mtcnn.Training.Evaluation;

namespace Mtcnn.Cli.Evaluate;

/// <summary>The arguments of one run of `mtcnn evaluate`.</summary>
internal sealed record EvaluateRequest
{
    /// <summary>The sets of marked images.</summary>
    public required IReadOnlyList<EvaluationSource> Sources { get; init; }

    public required FaceDetectorOptions Detector { get; init; }

    public required EvaluationOptions Measures { get; init; }

    /// <summary>The folder of the report; null for no report.</summary>
    public string? Report { get; init; }

    /// <summary>The folder for detections in the format that WIDER FACE's evaluation reads; null to write none.</summary>
    public string? WriteWider { get; init; }

    /// <summary>The file for detections in the format that FDDB's evaluation reads; null to write none.</summary>
    public string? WriteFddb { get; init; }

    /// <summary>The figures of another run to show beside the figures of this run; null for none.</summary>
    public string? CompareWith { get; init; }
}
