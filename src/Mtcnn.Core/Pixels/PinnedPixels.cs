using System.Buffers;

namespace Mtcnn.Pixels;

/// <summary>The memory of an <see cref="ImageView"/>, which stays where it is until this is disposed.</summary>
internal readonly struct PinnedPixels : IDisposable
{
    private readonly MemoryHandle _handle;
    private readonly object? _owner;

    public PinnedPixels(ImageView view, nint origin, MemoryHandle handle, object? owner)
    {
        Origin = origin;
        Stride = view.Stride;
        Width = view.Width;
        Height = view.Height;
        Format = view.Format;
        _handle = handle;
        _owner = owner;
    }

    /// <summary>The address of the first pixel.</summary>
    public nint Origin { get; }

    /// <summary>Bytes from one row's start to the next one's.</summary>
    public nint Stride { get; }

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>How a pixel is laid out.</summary>
    public PixelFormat Format { get; }

    /// <summary>A part of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">Its first pixel.</param>
    /// <param name="count">How many pixels.</param>
    public unsafe ReadOnlySpan<byte> Row(int row, int first, int count)
    {
        int size = PixelLayout.BytesPerPixel(Format);
        return new ReadOnlySpan<byte>((byte*)Origin + (row * Stride) + ((nint)first * size), count * size);
    }

    /// <summary>Lets the memory move again.</summary>
    public void Dispose()
    {
        _handle.Dispose();
        GC.KeepAlive(_owner);
    }
}
