namespace Mtcnn.Training.Evaluation;

/// <summary>The accuracy of the landmarks of found faces.</summary>
public sealed record LandmarkAccuracy
{
    /// <summary>An error above this counts as a failure, and the area under the curve is measured up to it.</summary>
    public const double FailureError = 0.1;

    /// <summary>The unit of the errors.</summary>
    public required LandmarkUnit Unit { get; init; }

    /// <summary>The normalised mean error (NME) of each found face, in ascending order.</summary>
    public required IReadOnlyList<double> Errors { get; init; }

    /// <summary>The mean error of each landmark, in MTCNN's order.</summary>
    public required IReadOnlyList<double> ByLandmark { get; init; }

    /// <summary>The mean of <see cref="Errors"/>.</summary>
    public double MeanError => Errors.Average();

    /// <summary>The share of <see cref="Errors"/> above <see cref="FailureError"/>, from 0 to 1.</summary>
    public double FailureShare => Errors.Count(error => error > FailureError) / (double)Errors.Count;

    /// <summary>
    /// The area under the cumulative error distribution (CED) from 0 to <see cref="FailureError"/>, divided by that length: 1 if every error is 0, 0
    /// if every error is a failure. The curve is a step function, so the area is exact.
    /// </summary>
    public double AreaUnderCurve => Errors.Average(error => Math.Max(0, 1 - (error / FailureError)));

    /// <summary>Returns the share of faces whose error is at most a value: the cumulative error distribution, from 0 to 1.</summary>
    public double ShareWithin(double error) => Errors.Count(value => value <= error) / (double)Errors.Count;

    /// <summary>Measures the found faces. Returns null if none has five marked landmarks and the points or box that the unit requires.</summary>
    /// <param name="matches">The matches of the marked faces.</param>
    /// <param name="unit">The unit of the errors.</param>
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
