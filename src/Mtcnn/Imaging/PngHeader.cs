using System.IO.Hashing;
using System.Text;

namespace Mtcnn.Imaging;

/// <summary>Walks the chunks of a PNG (W3C PNG, section 5).</summary>
internal static class PngHeader
{
    // Length, type and checksum of a chunk.
    private const int ChunkOverhead = 12;

    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The size in the header chunk; also proves that the file is complete and that no critical chunk was changed.</summary>
    public static (long Width, long Height) ReadSize(EncodedImage image)
    {
        long at = Signature.Length;
        if (!image.Slice(at + 4, 4).SequenceEqual("IHDR"u8))
        {
            throw image.Damaged("the PNG does not begin with its header chunk");
        }

        (long, long) size = (image.UInt32(at + 8, bigEndian: true), image.UInt32(at + 12, bigEndian: true));
        while (true)
        {
            long length = at > image.Length - ChunkOverhead ? long.MaxValue : image.UInt32(at, bigEndian: true);
            if (length > image.Length - ChunkOverhead - at)
            {
                throw image.Truncated($"the PNG's end chunk is missing from its {image.Length} bytes");
            }

            ReadOnlySpan<byte> type = image.Slice(at + 4, 4);
            bool critical = (type[0] & 0x20) == 0;
            if (critical && Crc32.HashToUInt32(image.Slice(at + 4, length + 4)) != image.UInt32(at + 8 + length, bigEndian: true))
            {
                throw image.Damaged($"the checksum of the PNG chunk {Encoding.ASCII.GetString(type)} at byte {at} does not match");
            }

            if (type.SequenceEqual("IEND"u8))
            {
                return size;
            }

            at += ChunkOverhead + length;
        }
    }
}
