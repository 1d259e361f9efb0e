namespace CaffeSharp.Imaging;

/// <summary>What a net says of one window of one image file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Window">The window.</param>
/// <param name="Prediction">The window's values of the net's first output.</param>
public sealed record WindowDetection(string Path, DetectionWindow Window, IReadOnlyList<float> Prediction);
