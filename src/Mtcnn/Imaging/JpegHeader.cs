namespace Mtcnn.Imaging;

/// <summary>Walks the marker segments of a JPEG (ITU-T T.81, annex B).</summary>
internal static class JpegHeader
{
    private const byte EndOfImage = 0xD9;

    /// <summary>The size of the first frame, 0 x 0 if there is none; also proves that the file reaches its end-of-image marker, which decoders do not insist on.</summary>
    public static (long Width, long Height) ReadSize(EncodedImage image)
    {
        (long Width, long Height) size = default;
        long at = 2;
        while (true)
        {
            at = NextMarker(image, at);
            byte marker = image.Bytes[(int)at - 1];
            if (marker == EndOfImage)
            {
                return size;
            }

            if (IsStandalone(marker))
            {
                continue;
            }

            ushort length = image.UInt16(at, bigEndian: true);
            if (length < 2)
            {
                throw image.Damaged($"the JPEG segment at byte {at} has a length of {length}");
            }

            if (IsStartOfFrame(marker) && size == default)
            {
                size = (image.UInt16(at + 5, bigEndian: true), image.UInt16(at + 3, bigEndian: true));
            }

            at += length;
        }
    }

    /// <summary>The place after the next marker's code; passes over entropy-coded data, stuffed zeros and fill bytes.</summary>
    private static long NextMarker(EncodedImage image, long at)
    {
        while (at < image.Length)
        {
            int found = image.Bytes[(int)at..].IndexOf((byte)0xFF);
            if (found < 0)
            {
                break;
            }

            at += found + 1;
            while (at < image.Length && image.Bytes[(int)at] == 0xFF)
            {
                at++;
            }

            if (at < image.Length && image.Bytes[(int)at] != 0)
            {
                return at + 1;
            }
        }

        throw image.Truncated($"the JPEG's end-of-image marker is missing from its {image.Length} bytes");
    }

    private static bool IsStandalone(byte marker) => marker is 0x01 or (>= 0xD0 and <= 0xD8);

    // C4, C8 and CC are in the same range but define tables.
    private static bool IsStartOfFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
