namespace Mtcnn.Imaging;

/// <summary>Reads the size of a TIFF's first page (TIFF 6.0 and BigTIFF, either byte order).</summary>
internal static class TiffHeader
{
    private const ushort WidthTag = 256;
    private const ushort HeightTag = 257;
    private const ushort ShortType = 3;
    private const ushort LongType = 4;
    private const ushort Long8Type = 16;

    public static bool HasSignature(EncodedImage image) =>
        image.StartsWith("II*\0"u8) || image.StartsWith("MM\0*"u8) || image.StartsWith("II+\0"u8) || image.StartsWith("MM\0+"u8);

    public static (long Width, long Height) ReadSize(EncodedImage image)
    {
        bool bigEndian = image.StartsWith("M"u8);
        bool bigTiff = image.UInt16(2, bigEndian) == '+';
        long directory = bigTiff ? ToOffset(image, image.UInt64(8, bigEndian)) : image.UInt32(4, bigEndian);
        long entries = bigTiff ? ToOffset(image, image.UInt64(directory, bigEndian)) : image.UInt16(directory, bigEndian);
        (int countSize, int entrySize, int valueOffset) = bigTiff ? (8, 20, 12) : (2, 12, 8);

        long width = 0;
        long height = 0;
        for (long index = 0; index < entries; index++)
        {
            long entry = directory + countSize + (index * entrySize);
            ushort tag = image.UInt16(entry, bigEndian);
            if (tag is WidthTag or HeightTag)
            {
                long value = image.UInt16(entry + 2, bigEndian) switch
                {
                    ShortType => image.UInt16(entry + valueOffset, bigEndian),
                    LongType => image.UInt32(entry + valueOffset, bigEndian),
                    Long8Type when bigTiff => (long)Math.Min(image.UInt64(entry + valueOffset, bigEndian), long.MaxValue),
                    _ => throw image.Damaged("the TIFF gives its size as something other than a whole number"),
                };
                (width, height) = tag == WidthTag ? (value, height) : (width, value);
            }
        }

        return (width, height);
    }

    private static long ToOffset(EncodedImage image, ulong value) =>
        value <= (ulong)image.Length ? (long)value : throw image.Truncated($"the TIFF's directory lies after its {image.Length} bytes");
}
