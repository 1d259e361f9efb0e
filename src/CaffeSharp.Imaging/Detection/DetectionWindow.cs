namespace CaffeSharp.Imaging;

/// <summary>A part of an image, in the order of pycaffe's windows: rows from <paramref name="YMin"/> up to but without
/// <paramref name="YMax"/>, and columns alike, in pixels from 0 at the top left.</summary>
/// <param name="YMin">The first row.</param>
/// <param name="XMin">The first column.</param>
/// <param name="YMax">The row after the last.</param>
/// <param name="XMax">The column after the last.</param>
public readonly record struct DetectionWindow(int YMin, int XMin, int YMax, int XMax);
