namespace Mtcnn.Training.Options;

/// <summary>How crops are changed at random, each time again, when they are put into a batch. All of it is drawn from the training's seed.</summary>
public sealed record CropAugmentation
{
    /// <summary>None at all.</summary>
    public static CropAugmentation None { get; } = new() { Mirror = 0 };

    /// <summary>The share of crops that are mirrored left to right, their offsets and points too; a half unless said otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Mirror { get; init => field = Share(value); } = 0.5;

    /// <summary>How much brighter or darker a crop becomes at most, as a share of the range of pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Brightness { get; init => field = Share(value); }

    /// <summary>How much the distance of pixels from the middle grey is stretched or shrunk at most, as a share of it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Contrast { get; init => field = Share(value); }

    /// <summary>How much each colour channel by itself becomes stronger or weaker at most, as a share of it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Colour { get; init => field = Share(value); }

    /// <summary>The share of crops that lose their colours.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Grey { get; init => field = Share(value); }

    /// <summary>The share of crops that are blurred by a 3 x 3 binomial filter.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Blur { get; init => field = Share(value); }

    private static double Share(double value) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "It is a share, from 0 to 1.");
}
