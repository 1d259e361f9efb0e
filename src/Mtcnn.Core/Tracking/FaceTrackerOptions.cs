namespace Mtcnn.Tracking;

/// <summary>How a <see cref="FaceTracker"/> follows faces. Immutable.</summary>
public sealed record FaceTrackerOptions
{
    /// <summary>
    /// Every so many frames the whole frame is looked through; in between, 48net alone looks where the faces were, and new faces are not seen. 1 for every frame; 5
    /// unless said otherwise.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int DetectEvery { get; init => field = AtLeastOne(value); } = 5;

    /// <summary>How many frames a face may be missing and keep its identity; 10 unless said otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int KeepMissing
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 10;

    /// <summary>The least intersection over union of a face's boxes in two frames; 0.3 unless said otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0 and below 1.</exception>
    public double LeastOverlap
    {
        get;
        init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "An overlap is above 0 and below 1.");
    } = 0.3;

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
