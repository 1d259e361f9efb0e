namespace CaffeSharp.Imaging;

/// <summary>How a <see cref="Detector"/> prepares windows.</summary>
public sealed record DetectorOptions
{
    /// <summary>How a window becomes an input.</summary>
    public TransformerSettings Transformer { get; init; } = new();

    /// <summary>How many pixels at each border of the net's input are what surrounds the window, as in R-CNN; 0, the default,
    /// for the window alone. What surrounds it and is not in the image has the mean's value.</summary>
    public int ContextPad { get; init; }
}
