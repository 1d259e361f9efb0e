using System.Buffers.Binary;
using System.IO.Hashing;

namespace Mtcnn.Tests.Support;

/// <summary>Creates PNG files, well-formed or not.</summary>
internal static class PngFile
{
    private const int SignatureLength = 8;

    // Length, type and checksum.
    private const int ChunkOverhead = 12;

    /// <summary>A file of one data chunk.</summary>
    /// <param name="width">What the header claims.</param>
    /// <param name="height">What the header claims.</param>
    /// <param name="bits">Bits per channel.</param>
    /// <param name="colour">0 for gray, 2 for colours.</param>
    /// <param name="data">The compressed rows.</param>
    public static byte[] Of(int width, int height, byte bits, byte colour, byte[] data)
    {
        byte[] header = [.. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, bits, colour, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), height);
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk(header), .. Chunk([.. "IDAT"u8, .. data]), .. Chunk([.. "IEND"u8])];
    }

    /// <summary>Returns the positions of the data and the checksum of each critical chunk.</summary>
    public static IEnumerable<Range> CriticalParts(byte[] png)
    {
        for (int at = SignatureLength; at < png.Length; at += ChunkOverhead + Length(at))
        {
            if (char.IsAsciiLetterUpper((char)png[at + 4]))
            {
                yield return (at + 8)..(at + ChunkOverhead + Length(at));
            }
        }

        int Length(int at) => BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
    }

    private static byte[] Chunk(byte[] typeAndData)
    {
        byte[] chunk = [0, 0, 0, 0, .. typeAndData, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, typeAndData.Length - 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.HashToUInt32(typeAndData));
        return chunk;
    }
}
