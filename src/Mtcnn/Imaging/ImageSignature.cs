using System.Buffers;
using System.Text;

namespace Mtcnn.Imaging;

/// <summary>Detects image formats from their first bytes, and describes a file of another format.</summary>
internal static class ImageSignature
{
    private const string Supported = "Supported are JPEG, PNG, GIF, BMP, WebP, TIFF, PBM/PGM/PPM and JPEG 2000; convert it to one of them";

    private static readonly SearchValues<byte> ControlCharacters = SearchValues.Create([.. Enumerable.Range(0, 32)
        .Where(code => code is not ('\t' or '\n' or '\f' or '\r' or 0x1b))
        .Select(code => (byte)code)]);

    public static ImageFormat Identify(EncodedImage image)
    {
        if (image.Length == 0)
        {
            throw new ImageException(ImageErrorKind.Empty, image.Source, "there are no bytes in it. Copy or download it again.");
        }

        return image switch
        {
            _ when image.StartsWith([0xFF, 0xD8, 0xFF]) => ImageFormat.Jpeg,
            _ when image.StartsWith(PngHeader.Signature) => ImageFormat.Png,
            _ when image.StartsWith("GIF87a"u8) || image.StartsWith("GIF89a"u8) => ImageFormat.Gif,
            _ when image.StartsWith("BM"u8) => ImageFormat.Bmp,
            _ when image.StartsWith("RIFF"u8) && Has(image, 8, "WEBP"u8) => ImageFormat.WebP,
            _ when TiffHeader.HasSignature(image) => ImageFormat.Tiff,
            _ when PnmHeader.HasSignature(image) => ImageFormat.Pnm,
            _ when Jpeg2000Header.HasSignature(image) => ImageFormat.Jpeg2000,
            _ => throw Unknown(image),
        };
    }

    private static ImageException Unknown(EncodedImage image)
    {
        string? name = image switch
        {
            _ when Has(image, 4, "ftypavif"u8) => "an AVIF image",
            _ when Has(image, 4, "ftyphei"u8) || Has(image, 4, "ftypmif1"u8) => "a HEIF/HEIC image",
            _ when image.StartsWith("8BPS"u8) => "a Photoshop document",
            _ when image.StartsWith([0x76, 0x2F, 0x31, 0x01]) => "an OpenEXR image",
            _ when image.StartsWith("#?RADIANCE"u8) => "a Radiance HDR image",
            _ when image.StartsWith([0xFF, 0x0A]) || Has(image, 4, "JXL "u8) => "a JPEG XL image",
            _ when image.StartsWith([0x00, 0x00, 0x01, 0x00]) => "an icon file",
            _ => null,
        };
        if (name is not null)
        {
            return new ImageException(ImageErrorKind.UnsupportedFormat, image.Source, $"it is {name}, which is not supported. {Supported}.");
        }

        string what = image switch
        {
            _ when image.StartsWith("%PDF"u8) => "it is a PDF document, not an image",
            _ when Has(image, 4, "ftyp"u8) => "it is a video or another ISO media file, not an image",
            _ when !image.Bytes.ContainsAnyExcept((byte)0) => "it holds nothing but zero bytes, so it is not an image",
            _ when IsText(image.Bytes) => "it is text, not an image",
            _ => "it is not an image of a known format",
        };
        return new ImageException(ImageErrorKind.NotAnImage, image.Source, $"{what}. {Supported}.");
    }

    private static bool Has(EncodedImage image, int offset, ReadOnlySpan<byte> value) =>
        image.Length >= offset + value.Length && image.Bytes[offset..].StartsWith(value);

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        // A cut through the last character of a long text must not make it binary.
        const int Sample = 4096;
        ReadOnlySpan<byte> head = bytes.Length > Sample ? bytes[..Sample] : bytes;
        while (head.Length > 0 && bytes.Length > Sample && (head[^1] & 0xC0) == 0x80)
        {
            head = head[..^1];
        }

        if (bytes.Length > Sample && head.Length > 0 && head[^1] >= 0xC0)
        {
            head = head[..^1];
        }

        return !head.ContainsAny(ControlCharacters) && Encoding.UTF8.GetCharCount(head) > 0 && System.Text.Unicode.Utf8.IsValid(head);
    }
}
