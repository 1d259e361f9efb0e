using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenCvSharp;

namespace Mtcnn.Pixels;

/// <summary>
/// The rows of a region of an 8-bit picture of three channels. The region may leave the picture and is black there. One
/// byte beyond each row can be read, so that a pixel is one load of four bytes. Nothing is copied but rows at the border.
/// </summary>
internal readonly ref struct SourceRows
{
    /// <summary>The channels of a pixel, one byte each.</summary>
    public const int Channels = 3;

    // Two rows are in use at a time.
    private const int Slots = 2;

    private readonly nint _origin;
    private readonly nint _step;
    private readonly int _pictureWidth;
    private readonly int _pictureHeight;
    private readonly Rect _region;
    private readonly byte[] _composed;

    public SourceRows(Mat picture, Rect region)
    {
        _origin = picture.Data;
        _step = (nint)picture.Step();
        _pictureWidth = picture.Width;
        _pictureHeight = picture.Height;
        _region = region;
        _composed = ArrayPool<byte>.Shared.Rent(Slots * RowLength);
    }

    /// <summary>Pixels a row.</summary>
    public int Width => _region.Width;

    /// <summary>Rows.</summary>
    public int Height => _region.Height;

    private int RowLength => (_region.Width * Channels) + 1;

    /// <summary>The first byte of a row of the region.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="slot">0 or 1. A row stays readable until another is asked for with the same slot.</param>
    public unsafe ref byte this[int row, int slot]
    {
        get
        {
            int y = _region.Y + row;
            bool whole = _region.X >= 0 && _region.Right <= _pictureWidth && y >= 0 && y < _pictureHeight - 1;
            return ref whole
                ? ref Unsafe.AsRef<byte>((byte*)_origin + (y * _step) + (_region.X * Channels))
                : ref MemoryMarshal.GetReference(Compose(y, slot));
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_composed);

    private unsafe Span<byte> Compose(int y, int slot)
    {
        Span<byte> row = _composed.AsSpan(slot * RowLength, RowLength);
        row.Clear();
        int left = Math.Max(_region.X, 0);
        int width = Math.Min(_region.Right, _pictureWidth) - left;
        if (y >= 0 && y < _pictureHeight && width > 0)
        {
            new ReadOnlySpan<byte>((byte*)_origin + (y * _step) + (left * Channels), width * Channels).CopyTo(row[((left - _region.X) * Channels)..]);
        }

        return row;
    }
}
