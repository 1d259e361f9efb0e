namespace Mtcnn.Imaging;

/// <summary>Reads the size of a PBM, PGM or PPM.</summary>
internal static class PnmHeader
{
    public static bool HasSignature(EncodedImage image) =>
        image.Length >= 3 && image.Bytes[0] == 'P' && image.Bytes[1] is >= (byte)'1' and <= (byte)'6' && IsSpace(image.Bytes[2]);

    public static (long Width, long Height) ReadSize(EncodedImage image)
    {
        long at = 2;
        return (ReadNumber(image, ref at), ReadNumber(image, ref at));
    }

    private static long ReadNumber(EncodedImage image, ref long at)
    {
        while (IsSpace(image.Byte(at)) || image.Byte(at) == '#')
        {
            if (image.Byte(at) == '#')
            {
                while (image.Byte(at) is not ((byte)'\n' or (byte)'\r'))
                {
                    at++;
                }
            }

            at++;
        }

        long value = 0;
        long start = at;
        while (char.IsAsciiDigit((char)image.Byte(at)))
        {
            value = Math.Min((value * 10) + image.Byte(at) - '0', int.MaxValue);
            at++;
        }

        return at > start ? value : throw image.Damaged($"there is no number at byte {at}, where the PNM's size should be");
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');
}
