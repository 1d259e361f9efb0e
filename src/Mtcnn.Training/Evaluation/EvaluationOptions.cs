namespace Mtcnn.Training.Evaluation;

/// <summary>How figures are measured.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The least intersection over union at which average precision takes a detection for a face, above 0 and at most 1.</summary>
    public double Overlap { get; init; } = AveragePrecision.DefaultOverlap;

    /// <summary>The least size of a face that average precision counts: the longer side of its box in pixels.</summary>
    public double SmallestFace { get; init; }

    /// <summary>What landmark errors are measured in.</summary>
    public LandmarkUnit LandmarkUnit { get; init; }
}
