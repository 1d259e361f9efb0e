namespace Mtcnn.Imaging;

/// <summary>Reads the size of a Windows bitmap from its OS/2 or Windows header.</summary>
internal static class BmpHeader
{
    private const uint Os2HeaderSize = 12;

    public static (long Width, long Height) ReadSize(EncodedImage image)
    {
        if (image.UInt32(14, bigEndian: false) == Os2HeaderSize)
        {
            return (image.UInt16(18, bigEndian: false), image.UInt16(20, bigEndian: false));
        }

        // A negative height means that the rows are stored from the top.
        int height = unchecked((int)image.UInt32(22, bigEndian: false));
        return (unchecked((int)image.UInt32(18, bigEndian: false)), Math.Abs((long)height));
    }
}
