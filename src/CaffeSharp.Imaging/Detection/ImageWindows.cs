namespace CaffeSharp.Imaging;

/// <summary>Windows to look at in one image file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Windows">The windows; any number.</param>
public sealed record ImageWindows(string Path, params IReadOnlyList<DetectionWindow> Windows);
