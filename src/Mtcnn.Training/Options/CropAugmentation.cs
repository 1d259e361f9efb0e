namespace Mtcnn.Training.Options;

/// <summary>The random augmentation of crops. A crop is changed differently each time it is added to a batch. The random numbers depend on the training's seed.</summary>
public sealed record CropAugmentation
{
    /// <summary>No augmentation.</summary>
    public static CropAugmentation None { get; } = new() { Mirror = 0 };

    /// <summary>The share of crops that are mirrored left to right, with their offsets and points. The default is 0.5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Mirror { get; init => field = Share(value); } = 0.5;

    /// <summary>The maximum change of brightness, as a share of the range of pixel values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Brightness { get; init => field = Share(value); }

    /// <summary>The maximum change of contrast: the relative change of the distance of pixels from middle grey.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Contrast { get; init => field = Share(value); }

    /// <summary>The maximum relative change of each colour channel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Colour { get; init => field = Share(value); }

    /// <summary>The share of crops that are converted to grey.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Grey { get; init => field = Share(value); }

    /// <summary>The share of crops that are blurred by a 3 x 3 binomial filter.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Blur { get; init => field = Share(value); }

    private static double Share(double value) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The value must be a share, from 0 to 1.");
}
