using System.ComponentModel;

namespace CaffeSharp;

/// <summary>Allocates the image that an <see cref="IImageCodec"/> decodes into.</summary>
/// <param name="height">Rows, at least 1.</param>
/// <param name="width">Pixels per row, at least 1.</param>
/// <param name="channels">Values per pixel, at least 1.</param>
/// <param name="depth">The type of a value, as OpenCV numbers them (<see cref="RawImage.Depth"/>).</param>
/// <returns>The image, whose pixels the codec fills before it returns.</returns>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public delegate RawImage RawImageAllocator(int height, int width, int channels, int depth);
