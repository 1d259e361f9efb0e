namespace Mtcnn.Imaging;

/// <summary>Reads the size of a WebP (RFC 9649): lossy, lossless or extended.</summary>
internal static class WebPHeader
{
    private const int FirstChunk = 12;
    private const int FirstChunkData = FirstChunk + 8;

    public static (long Width, long Height) ReadSize(EncodedImage image)
    {
        long claimed = image.UInt32(4, bigEndian: false) + 8L;
        if (claimed > image.Length)
        {
            throw image.Truncated($"the WebP should have {claimed} bytes and has {image.Length}");
        }

        ReadOnlySpan<byte> type = image.Slice(FirstChunk, 4);
        if (type.SequenceEqual("VP8 "u8))
        {
            return (image.UInt16(FirstChunkData + 6, bigEndian: false) & 0x3FFF, image.UInt16(FirstChunkData + 8, bigEndian: false) & 0x3FFF);
        }

        if (type.SequenceEqual("VP8L"u8))
        {
            uint bits = image.UInt32(FirstChunkData + 1, bigEndian: false);
            return ((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);
        }

        return type.SequenceEqual("VP8X"u8)
            ? (UInt24(image, FirstChunkData + 4) + 1, UInt24(image, FirstChunkData + 7) + 1)
            : throw image.Damaged("the WebP's first chunk is of no known type");
    }

    private static long UInt24(EncodedImage image, int offset) =>
        image.UInt16(offset, bigEndian: false) | ((long)image.Byte(offset + 2) << 16);
}
