namespace Mtcnn.Imaging;

/// <summary>Reads the size of a JPEG 2000 from its code stream's SIZ segment (ITU-T T.800, annex A).</summary>
internal static class Jpeg2000Header
{
    private static ReadOnlySpan<byte> FileSignature => [0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A];

    // Start of code stream, followed by the SIZ marker that must come first.
    private static ReadOnlySpan<byte> CodeStreamSignature => [0xFF, 0x4F, 0xFF, 0x51];

    public static bool HasSignature(EncodedImage image) => image.StartsWith(FileSignature) || image.StartsWith(CodeStreamSignature);

    public static (long Width, long Height) ReadSize(EncodedImage image)
    {
        int start = image.Bytes.IndexOf(CodeStreamSignature);
        if (start < 0)
        {
            throw image.Truncated("the JPEG 2000 has no code stream");
        }

        const int GridSize = 8;
        const int ImageOffset = 16;
        long Side(EncodedImage stream, int axis) =>
            (long)stream.UInt32(start + GridSize + axis, bigEndian: true) - stream.UInt32(start + ImageOffset + axis, bigEndian: true);

        return (Side(image, 0), Side(image, 4));
    }
}
