namespace Mtcnn.Training.Options;

/// <summary>The proportions of the kinds of crops in a batch: 3, 1, 1, 1 means three negatives for each positive, part and landmark crop. In batches of one task,
/// only negatives and positives are used.</summary>
public sealed record CropShares
{
    /// <summary>The proportion of crops without a face. The default is 3, as in the reference.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or NaN.</exception>
    public double Negatives { get; init => field = Part(value); } = 3;

    /// <summary>The proportion of crops that fit a face. The default is 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or NaN.</exception>
    public double Positives { get; init => field = Part(value); } = 1;

    /// <summary>The proportion of crops that partly fit a face. The default is 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or NaN.</exception>
    public double Parts { get; init => field = Part(value); } = 1;

    /// <summary>The proportion of crops with the five points. The default is 1. Nets without landmarks do not use them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or NaN.</exception>
    public double Landmarks { get; init => field = Part(value); } = 1;

    private static double Part(double value) => double.IsFinite(value) && value >= 0
        ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The value must be at least 0.");
}
