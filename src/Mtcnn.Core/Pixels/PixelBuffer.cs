namespace Mtcnn.Pixels;

/// <summary>An image of 8 bits per channel with its own memory: rows from top to bottom without padding. Not synchronized: one writer, or any number of readers.</summary>
public sealed class PixelBuffer
{
    private readonly byte[] _pixels;

    /// <summary>Makes a black image (of formats with alpha, a transparent one).</summary>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="format">How a pixel is laid out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is less than 1, there is no such format, or the pixels are more than an array holds (2 GB).</exception>
    public PixelBuffer(int width, int height, PixelFormat format)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        long stride = (long)width * PixelLayout.BytesPerPixel(format);
        if (stride * height > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(nameof(height), height, $"{width} x {height} pixels of {format} are more than {Array.MaxLength} bytes.");
        }

        Width = width;
        Height = height;
        Stride = (int)stride;
        Format = format;
        _pixels = new byte[stride * height];
    }

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes from one row's start to the next one's: the bytes of a row.</summary>
    public int Stride { get; }

    /// <summary>How a pixel is laid out.</summary>
    public PixelFormat Format { get; }

    /// <summary>All bytes, <see cref="Stride"/> times <see cref="Height"/>. They may be changed.</summary>
    public Memory<byte> Pixels => _pixels;

    /// <summary>One row's bytes. They may be changed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<byte> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Height);
        return _pixels.AsSpan(row * Stride, Stride);
    }

    /// <summary>The image as methods take it, without a copy.</summary>
    public ImageView AsView() => new(_pixels, Width, Height, Stride, Format);
}
