namespace Mtcnn.Training.Evaluation;

/// <summary>How well landmarks were placed on the faces that were found.</summary>
public sealed record LandmarkAccuracy
{
    /// <summary>An error above this counts as a failure, and the area under the curve is measured up to it.</summary>
    public const double FailureError = 0.1;

    /// <summary>How errors are measured.</summary>
    public required LandmarkUnit Unit { get; init; }

    /// <summary>The normalised mean error (NME) of each face that was found, from the least to the greatest.</summary>
    public required IReadOnlyList<double> Errors { get; init; }

    /// <summary>The mean error of each landmark, in MTCNN's order.</summary>
    public required IReadOnlyList<double> ByLandmark { get; init; }

    /// <summary>The mean of <see cref="Errors"/>.</summary>
    public double MeanError => Errors.Average();

    /// <summary>The share of <see cref="Errors"/> above <see cref="FailureError"/>, from 0 to 1.</summary>
    public double FailureShare => Errors.Count(error => error > FailureError) / (double)Errors.Count;

    /// <summary>
    /// The area under the cumulative error distribution (CED) from 0 to <see cref="FailureError"/>, over that length: 1 where every error is 0, 0
    /// where every one is a failure. The curve is a staircase, so the area is exact.
    /// </summary>
    public double AreaUnderCurve => Errors.Average(error => Math.Max(0, 1 - (error / FailureError)));

    /// <summary>The share of faces with at most an error: the cumulative error distribution, from 0 to 1.</summary>
    public double ShareWithin(double error) => Errors.Count(value => value <= error) / (double)Errors.Count;

    /// <summary>Measures the faces that were found; null where none has five marked landmarks and what the unit needs.</summary>
    /// <param name="matches">Marked faces and what was found of them.</param>
    /// <param name="unit">How errors are measured.</param>
    public static LandmarkAccuracy? Of(IEnumerable<FaceMatch> matches, LandmarkUnit unit)
    {
        IReadOnlyList<double>[] faces = [.. matches.Select(match => match.LandmarkErrors(unit)).OfType<IReadOnlyList<double>>()];
        return faces.Length == 0
            ? null
            : new LandmarkAccuracy
            {
                Unit = unit,
                Errors = [.. faces.Select(errors => errors.Average()).Order()],
                ByLandmark = [.. Enumerable.Range(0, Faces.Landmarks.Count).Select(index => faces.Average(errors => errors[index]))],
            };
    }
}
