using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mtcnn.Pixels;

namespace Mtcnn.Sampling;

/// <summary>
/// The rows of a region of an 8-bit image of three channels. The region may leave the image and is black there. Some
/// bytes beyond each row can be read, so that pixels are one load of a vector. Nothing is copied but rows at the border.
/// </summary>
internal readonly ref struct SourceRows
{
    /// <summary>How many rows can be in use at a time.</summary>
    public const int Slots = 4;

    // A vector that begins with the row's last byte.
    private const int Beyond = 15;

    private readonly nint _origin;
    private readonly nint _step;
    private readonly int _imageWidth;
    private readonly int _imageHeight;
    private readonly PixelRect _region;
    private readonly byte[] _composed;

    public SourceRows(BgrImage image, PixelRect region)
    {
        _origin = image.Origin;
        _step = image.Stride;
        _imageWidth = image.Width;
        _imageHeight = image.Height;
        _region = region;
        _composed = ArrayPool<byte>.Shared.Rent(Slots * RowLength);
    }

    /// <summary>Pixels a row.</summary>
    public int Width => _region.Width;

    /// <summary>Rows.</summary>
    public int Height => _region.Height;

    private int RowLength => (_region.Width * BgrImage.Channels) + Beyond;

    /// <summary>The first byte of a row of the region.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="slot">From 0 to <see cref="Slots"/> - 1. A row stays readable until another is asked for with the same slot.</param>
    public unsafe ref byte this[int row, int slot]
    {
        get
        {
            int y = _region.Y + row;
            bool inside = _region.X >= 0 && _region.Right <= _imageWidth && y >= 0 && y < _imageHeight;
            nint place = (y * _step) + (_region.X * BgrImage.Channels);
            nint length = ((_imageHeight - 1) * _step) + (_imageWidth * BgrImage.Channels);
            return ref inside && place + RowLength <= length
                ? ref Unsafe.AsRef<byte>((byte*)_origin + place)
                : ref MemoryMarshal.GetReference(Compose(y, slot));
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_composed);

    private unsafe Span<byte> Compose(int y, int slot)
    {
        Span<byte> row = _composed.AsSpan(slot * RowLength, RowLength);
        row.Clear();
        int left = Math.Max(_region.X, 0);
        int width = Math.Min(_region.Right, _imageWidth) - left;
        if (y >= 0 && y < _imageHeight && width > 0)
        {
            new ReadOnlySpan<byte>((byte*)_origin + (y * _step) + (left * BgrImage.Channels), width * BgrImage.Channels).CopyTo(row[((left - _region.X) * BgrImage.Channels)..]);
        }

        return row;
    }
}
