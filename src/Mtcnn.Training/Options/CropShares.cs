namespace Mtcnn.Training.Options;

/// <summary>How many crops of each kind come together, in parts: 3, 1, 1, 1 are three negatives for each positive, part and landmark crop. In batches of one task,
/// negatives and positives alone count.</summary>
public sealed record CropShares
{
    /// <summary>Crops without a face; 3 unless said otherwise, as in the reference.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or no number.</exception>
    public double Negatives { get; init => field = Part(value); } = 3;

    /// <summary>Crops that fit a face; 1 unless said otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or no number.</exception>
    public double Positives { get; init => field = Part(value); } = 1;

    /// <summary>Crops that fit a face half; 1 unless said otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or no number.</exception>
    public double Parts { get; init => field = Part(value); } = 1;

    /// <summary>Crops with the five points; 1 unless said otherwise. A net without landmarks gets none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or no number.</exception>
    public double Landmarks { get; init => field = Part(value); } = 1;

    private static double Part(double value) => double.IsFinite(value) && value >= 0
        ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "It is 0 or more.");
}
