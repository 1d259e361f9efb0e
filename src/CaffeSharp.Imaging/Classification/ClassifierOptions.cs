namespace CaffeSharp.Imaging;

/// <summary>How a <see cref="Classifier"/> prepares images.</summary>
public sealed record ClassifierOptions
{
    /// <summary>How a crop becomes an input.</summary>
    public TransformerSettings Transformer { get; init; } = new();

    /// <summary>The size that images are resized to before crops are taken, at least the input's; null for the input's
    /// own, of which the whole image is the one crop.</summary>
    public (int Height, int Width)? ImageSize { get; init; }
}
