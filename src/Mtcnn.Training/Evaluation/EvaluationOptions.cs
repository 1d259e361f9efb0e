namespace Mtcnn.Training.Evaluation;

/// <summary>Options for measuring a detector.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The minimum intersection over union of a detection and its face in average precision, above 0 and at most 1.</summary>
    public double Overlap { get; init; } = AveragePrecision.DefaultOverlap;

    /// <summary>The minimum size of a face in average precision: the longer side of its box in pixels.</summary>
    public double SmallestFace { get; init; }

    /// <summary>The unit of landmark errors.</summary>
    public LandmarkUnit LandmarkUnit { get; init; }
}
