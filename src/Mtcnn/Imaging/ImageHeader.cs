namespace Mtcnn.Imaging;

/// <summary>The header of an image file, read before anything is decoded.</summary>
/// <param name="Format">The file format, by signature, whatever the file's name says.</param>
/// <param name="Width">Pixels a row, before any EXIF rotation.</param>
/// <param name="Height">Rows, before any EXIF rotation.</param>
internal readonly record struct ImageHeader(ImageFormat Format, long Width, long Height)
{
    /// <summary>The most pixels that a byte of such a file can hold; infinite where a format sets no bound.</summary>
    public double MostPixelsPerByte => Format switch
    {
        // A bit a block of 8 x 8, whose pixels may stand for 4 times as many in each direction where another component has them.
        ImageFormat.Jpeg => 8 * 64 * 16,

        // Deflate packs at most 1032 bytes into one (zlib's technical details), of 8 pixels each.
        ImageFormat.Png => 1032 * 8,
        ImageFormat.Pnm => 8,
        _ => double.PositiveInfinity,
    };

    /// <summary>Reads the header and checks the structure that can be checked without decoding.</summary>
    /// <exception cref="ImageException">Not an image, not a supported one, truncated or damaged.</exception>
    public static ImageHeader Read(EncodedImage image)
    {
        ImageFormat format = ImageSignature.Identify(image);
        (long width, long height) = format switch
        {
            ImageFormat.Jpeg => JpegHeader.ReadSize(image),
            ImageFormat.Png => PngHeader.ReadSize(image),
            ImageFormat.Gif => (image.UInt16(6, bigEndian: false), image.UInt16(8, bigEndian: false)),
            ImageFormat.Bmp => BmpHeader.ReadSize(image),
            ImageFormat.WebP => WebPHeader.ReadSize(image),
            ImageFormat.Tiff => TiffHeader.ReadSize(image),
            ImageFormat.Pnm => PnmHeader.ReadSize(image),
            _ => Jpeg2000Header.ReadSize(image),
        };

        return width > 0 && height > 0
            ? new ImageHeader(format, width, height)
            : throw image.Damaged($"it says that it is {width} x {height} pixels");
    }
}
