using System.Buffers.Binary;

namespace Mtcnn.Imaging;

/// <summary>The bytes of an image file, read with bounds checks that end in the right <see cref="ImageException"/>.</summary>
internal readonly ref struct EncodedImage(ReadOnlySpan<byte> bytes, ImageSource source)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public ImageSource Source { get; } = source;

    public int Length => Bytes.Length;

    public byte Byte(long offset) => Slice(offset, 1)[0];

    public ushort UInt16(long offset, bool bigEndian)
    {
        ReadOnlySpan<byte> slice = Slice(offset, sizeof(ushort));
        return bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(slice) : BinaryPrimitives.ReadUInt16LittleEndian(slice);
    }

    public uint UInt32(long offset, bool bigEndian)
    {
        ReadOnlySpan<byte> slice = Slice(offset, sizeof(uint));
        return bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(slice) : BinaryPrimitives.ReadUInt32LittleEndian(slice);
    }

    public ulong UInt64(long offset, bool bigEndian)
    {
        ReadOnlySpan<byte> slice = Slice(offset, sizeof(ulong));
        return bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(slice) : BinaryPrimitives.ReadUInt64LittleEndian(slice);
    }

    public ReadOnlySpan<byte> Slice(long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > Length - length)
        {
            throw Truncated($"it says that there is more after byte {Length}, where it ends");
        }

        return Bytes.Slice((int)offset, (int)length);
    }

    public bool StartsWith(ReadOnlySpan<byte> prefix) => Bytes.StartsWith(prefix);

    public ImageException Truncated(string detail) =>
        new(ImageErrorKind.Truncated, Source, $"the image is truncated: {detail}. Copy or download it again.");

    public ImageException Damaged(string detail) =>
        new(ImageErrorKind.Damaged, Source, $"the image is damaged: {detail}. Copy, download or save it again.");
}
