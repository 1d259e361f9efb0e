namespace Mtcnn.Pixels;

/// <summary>The size and the arrangement of an image in memory, and what has to hold between them.</summary>
internal static class PixelLayout
{
    /// <summary>The number of bytes per pixel of a format.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format.</exception>
    public static int BytesPerPixel(PixelFormat format) => format switch
    {
        PixelFormat.Gray8 => 1,
        PixelFormat.Bgr24 or PixelFormat.Rgb24 => 3,
        PixelFormat.Bgra32 or PixelFormat.Rgba32 => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such pixel format."),
    };

    /// <summary>Checks that the sizes fit each other and the memory.</summary>
    /// <param name="pixels">How many bytes there are; null if that is not known.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row's start to the next one's.</param>
    /// <param name="format">How a pixel is laid out.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static void Check(long? pixels, int width, int height, int stride, PixelFormat format)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        long row = (long)width * BytesPerPixel(format);
        if (stride < row)
        {
            throw new ArgumentOutOfRangeException(nameof(stride), stride, $"A row of {width} pixels of {format} has {row} bytes; the stride must be at least that.");
        }

        long needed = ((height - 1L) * stride) + row;
        if (pixels < needed)
        {
            throw new ArgumentException($"{width} x {height} pixels of {format} with a stride of {stride} are {needed} bytes; only {pixels} were given.", nameof(pixels));
        }
    }
}
