using System.Buffers;

namespace Mtcnn.Pixels;

/// <summary>
/// An image of 8 bits per channel in memory that belongs to the caller. Nothing is copied: the memory is pinned while a method works on it,
/// and neither changed nor freed. It has to stay as it is until the method returns, or until the task of an asynchronous method ends.
/// Immutable; any number of threads may use it at once.
/// </summary>
public sealed class ImageView
{
    private readonly ReadOnlyMemory<byte> _pixels;
    private readonly nint _address;
    private readonly object? _owner;

    /// <summary>Makes a view of pixels.</summary>
    /// <param name="pixels">The rows from top to bottom.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row's start to the next one's; at least a row's bytes. The last row needs no padding.</param>
    /// <param name="format">How a pixel is laid out.</param>
    /// <exception cref="ArgumentException">The sizes do not fit each other or the memory.</exception>
    public ImageView(ReadOnlyMemory<byte> pixels, int width, int height, int stride, PixelFormat format)
        : this(width, height, stride, format, pixels.Length) => _pixels = pixels;

    /// <summary>Makes a view of memory that the garbage collector does not move.</summary>
    /// <param name="address">The first pixel.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row's start to the next one's.</param>
    /// <param name="format">How a pixel is laid out.</param>
    /// <param name="owner">What has to be alive for the memory to be; null if the caller sees to it.</param>
    internal ImageView(nint address, int width, int height, int stride, PixelFormat format, object? owner)
        : this(width, height, stride, format, available: null)
    {
        _address = address;
        _owner = owner;
    }

    private ImageView(int width, int height, int stride, PixelFormat format, long? available)
    {
        PixelLayout.Check(available, width, height, stride, format);
        Width = width;
        Height = height;
        Stride = stride;
        Format = format;
    }

    /// <summary>Pixels per row, at least 1.</summary>
    public int Width { get; }

    /// <summary>Rows, at least 1.</summary>
    public int Height { get; }

    /// <summary>Bytes from one row's start to the next one's.</summary>
    public int Stride { get; }

    /// <summary>How a pixel is laid out.</summary>
    public PixelFormat Format { get; }

    /// <summary>The width and the height.</summary>
    public ImageSize Size => new(Width, Height);

    /// <summary>Runs work on an image that a span holds.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit each other or the span.</exception>
    internal static unsafe T Use<T>(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format, Func<ImageView, T> work)
    {
        PixelLayout.Check(pixels.Length, width, height, stride, format);
        fixed (byte* start = pixels)
        {
            return work(new ImageView((nint)start, width, height, stride, format, owner: null));
        }
    }

    /// <summary>Keeps the memory where it is until the result is disposed.</summary>
    internal unsafe PinnedPixels Pin()
    {
        if (_address != 0)
        {
            return new PinnedPixels(this, _address, default, _owner);
        }

        MemoryHandle handle = _pixels.Pin();
        return new PinnedPixels(this, (nint)handle.Pointer, handle, _owner);
    }
}
