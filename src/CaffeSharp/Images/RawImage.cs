using System.ComponentModel;

namespace CaffeSharp;

/// <summary>An image in memory that an <see cref="IImageCodec"/> reads or fills: row after row, the channels of a pixel together, blue
/// first where they are colours.</summary>
/// <param name="Pixels">Address of the first pixel. The memory belongs to the caller of the codec and is valid for one call.</param>
/// <param name="Stride">Bytes from one row to the next.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Pixels per row, at least 1.</param>
/// <param name="Channels">Values per pixel, at least 1.</param>
/// <param name="Depth">The type of a value, as OpenCV numbers them: 0 unsigned 8 bits, 2 unsigned 16 bits, 5 float.</param>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public readonly record struct RawImage(nint Pixels, long Stride, int Height, int Width, int Channels, int Depth);
