using System.Runtime.InteropServices;

namespace Mtcnn.Pixels;

/// <summary>
/// The form of image that the steps of the cascade work on: 8-bit BGR in memory that does not move. A view of BGR is used as it is; of another format a copy is
/// made. Lives until it is disposed; meanwhile any number of threads may read it.
/// </summary>
internal sealed unsafe class BgrImage : IDisposable
{
    /// <summary>Bytes per pixel.</summary>
    public const int Channels = 3;

    private readonly PinnedPixels _pinned;
    private void* _copy;
    private bool _disposed;

    private BgrImage(PinnedPixels pinned, void* copy)
    {
        _pinned = pinned;
        _copy = copy;
        Width = pinned.Width;
        Height = pinned.Height;
        (Origin, Stride) = copy is null ? (pinned.Origin, pinned.Stride) : ((nint)copy, (nint)Width * Channels);
    }

    /// <summary>The address of the first pixel.</summary>
    public nint Origin { get; }

    /// <summary>Bytes from one row's start to the next one's.</summary>
    public nint Stride { get; }

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The width and the height.</summary>
    public ImageSize Size => new(Width, Height);

    /// <summary>Makes one of any view.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory for the copy.</exception>
    public static BgrImage Of(ImageView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        PinnedPixels pinned = view.Pin();
        if (pinned.Format == PixelFormat.Bgr24)
        {
            return new BgrImage(pinned, null);
        }

        void* copy = null;
        try
        {
            nuint row = (nuint)pinned.Width * Channels;
            copy = NativeMemory.Alloc((nuint)pinned.Height, row);
            for (int y = 0; y < pinned.Height; y++)
            {
                BgrConversion.Convert(pinned.Row(y, 0, pinned.Width), pinned.Format, new Span<byte>((byte*)copy + ((nuint)y * row), (int)row));
            }

            return new BgrImage(pinned, copy);
        }
        catch
        {
            NativeMemory.Free(copy);
            pinned.Dispose();
            throw;
        }
    }

    /// <summary>Frees the copy, or lets the memory of the view move again.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.Free(_copy);
            _copy = null;
            _pinned.Dispose();
        }
    }
}
