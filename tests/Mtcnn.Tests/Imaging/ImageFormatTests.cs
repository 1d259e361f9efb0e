using System.Buffers.Binary;
using System.Text;
using CaffeSharp.Tests.Support;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Imaging;

/// <summary>All supported formats: valid, truncated, modified and with invalid sizes. The files are created from a real photo.</summary>
[Collection(AloneCollection.Name)]
public sealed class ImageFormatTests
{
    public static TheoryData<string, double> FormatsWithLoss => new()
    {
        { ".png", 0 }, { ".bmp", 0 }, { ".ppm", 0 }, { ".tiff", 0 }, { ".jp2", 1.5 }, { ".jpg", 3 }, { ".webp", 0 }, { ".gif", 20 },
    };

    public static TheoryData<string, byte[]> AbsurdSizes => new()
    {
        { "2147483647 x 2147483647", Png(int.MaxValue, int.MaxValue) },
        { "1000000 x 1000000", Png(1_000_000, 1_000_000) },
        { "65535 x 65535", [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 0x11, 0, 0xFF, 0xD9] },
        { "65535 x 65535", [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x3B] },
        { "100000 x 100000", Bmp(100_000, -100_000) },
        { "99999 x 99999", Encoding.ASCII.GetBytes("P6 # made up\n99999\n# still\n99999 255\n") },
        { "2147483647 x 1", Encoding.ASCII.GetBytes("P5 99999999999999999999 1 255\n") },
        { "16777216 x 16777216", [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255] },
        { "4000000000 x 4000000000", Tiff(bigEndian: false) },
        { "4000000000 x 4000000000", Tiff(bigEndian: true) },
    };

    [Theory]
    [MemberData(nameof(FormatsWithLoss))]
    public void Decode_of_a_whole_image_gives_the_photo_and_of_half_of_it_an_error(string extension, double loss)
    {
        using Mat photo = ImageReader.Read(SharedFiles.Image("chelsea.png"));
        byte[] bytes = photo.ImEncode(extension);

        using Mat decoded = ImageReader.Decode(bytes);
        ImageException half = Assert.Throws<ImageException>(() => ImageReader.Decode(bytes.AsSpan(0, bytes.Length / 2)));
        ImageException almost = Assert.Throws<ImageException>(() => ImageReader.Decode(bytes.AsSpan(0, bytes.Length - 3)));

        Assert.Equal((photo.Size(), MatType.CV_8UC3), (decoded.Size(), decoded.Type()));
        Assert.True(decoded.IsContinuous());
        Assert.InRange(Cv2.Norm(photo, decoded, NormTypes.L1) / (3.0 * photo.Total()), 0, loss);
        Assert.All([half, almost], error => Assert.Contains(error.Kind, new[] { ImageErrorKind.Truncated, ImageErrorKind.Damaged }));
        Assert.All([half, almost], error => Assert.Contains("truncated", error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(AbsurdSizes))]
    public void Decode_when_the_header_claims_an_absurd_size_refuses_before_it_decodes(string size, byte[] bytes)
    {
        long before = GC.GetTotalAllocatedBytes();

        ImageException error = Assert.Throws<ImageException>(() => ImageReader.Decode(bytes));

        Assert.Equal(ImageErrorKind.TooLarge, error.Kind);
        Assert.StartsWith($"the encoded image: the image says that it is {size} pixels; ", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100_000_000);
    }

    [Fact]
    public void Decode_when_the_header_claims_more_pixels_than_the_bytes_can_hold_refuses_before_it_decodes()
    {
        byte[] png = Png(20_000, 20_000);
        byte[] pnm = Encoding.ASCII.GetBytes("P6 20000 20000 255\nabc");
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0x40, 0, 0x40, 0, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0, 0xFF, 0xD9];

        ImageException[] errors = [.. new[] { png, pnm, jpeg }.Select(bytes => Assert.Throws<ImageException>(() => ImageReader.Decode(bytes)))];

        Assert.All(errors, error => Assert.Equal(ImageErrorKind.Damaged, error.Kind));
        Assert.Contains($"it says that it is 20000 x 20000 pixels, which are more than its {png.Length} bytes can hold", errors[0].Message, StringComparison.Ordinal);
        Assert.Contains($"it says that it is 20000 x 20000 pixels, which are more than its {pnm.Length} bytes can hold", errors[1].Message, StringComparison.Ordinal);
        Assert.Contains($"it says that it is 16384 x 16384 pixels, which are more than its {jpeg.Length} bytes can hold", errors[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_of_a_png_with_one_changed_byte_names_the_chunk()
    {
        byte[] bytes = File.ReadAllBytes(SharedFiles.Image("chelsea.png"));
        bytes[bytes.Length / 2] ^= 1;

        ImageException error = Assert.Throws<ImageException>(() => ImageReader.Decode(bytes));

        Assert.Equal(ImageErrorKind.Damaged, error.Kind);
        Assert.Contains("the checksum of the PNG chunk IDAT at byte ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_ignores_what_comes_after_the_image()
    {
        byte[] bytes = File.ReadAllBytes(SharedFiles.Image("chelsea.png"));
        using Mat whole = ImageReader.Decode(bytes);
        using Mat trailed = ImageReader.Decode([.. bytes, .. new byte[100]]);

        Assert.Equal(0, Cv2.Norm(whole, trailed, NormTypes.L1));
    }

    [Fact]
    public void Decode_of_a_photo_cut_off_in_its_last_rows_is_refused_instead_of_filled_with_gray()
    {
        byte[] bytes = File.ReadAllBytes(SharedFiles.Image("rocket.jpg"));

        ImageException error = Assert.Throws<ImageException>(() => ImageReader.Decode(bytes.AsSpan(0, bytes.Length - 2)));

        Assert.Equal(ImageErrorKind.Truncated, error.Kind);
        Assert.Contains("end-of-image marker is missing", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AVIF", "\0\0\0\u001cftypavif")]
    [InlineData("HEIF", "\0\0\0\u0018ftypheic")]
    [InlineData("Photoshop", "8BPS\0\u0001")]
    [InlineData("Radiance HDR", "#?RADIANCE\n")]
    public void Decode_of_a_format_that_is_not_supported_names_it(string name, string beginning)
    {
        ImageException error = Assert.Throws<ImageException>(() => ImageReader.Decode([.. Encoding.Latin1.GetBytes(beginning), .. new byte[64]]));

        Assert.Equal(ImageErrorKind.UnsupportedFormat, error.Kind);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("Supported are JPEG, PNG", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_of_random_beginnings_and_changes_never_fails_in_another_way()
    {
        // Changed headers reach every branch of the header readers; a fixed seed keeps a failure repeatable.
        Random random = new(20160826);
        using Mat photo = ImageReader.Read(SharedFiles.Image("chelsea.png"));
        using Mat small = photo.SubMat(new Rect(100, 100, 120, 90));
        byte[][] whole = [.. FormatsWithLoss.Select(row => small.ImEncode(row.Data.Item1))];
        int refused = 0;
        for (int round = 0; round < 2_000; round++)
        {
            byte[] bytes = [.. whole[round % whole.Length]];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                // Only the first bytes are modified, not the JPEG's scan, because the decoding of modified pixels is undefined.
                bytes[random.Next(Math.Min(bytes.Length, 40))] = (byte)random.Next(256);
            }

            bytes = bytes[..random.Next(0, bytes.Length)];
            try
            {
                ImageHeader.Read(new EncodedImage(bytes, ImageSource.Memory));
            }
            catch (ImageException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1_000, 2_000);
    }

    private static byte[] Png(int width, int height) => PngFile.Of(width, height, bits: 8, colour: 2, data: []);

    private static byte[] Bmp(int width, int height)
    {
        byte[] bytes = [.. "BM"u8, .. new byte[12], 40, 0, 0, 0, .. new byte[36]];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), height);
        return bytes;
    }

    private static byte[] Tiff(bool bigEndian)
    {
        byte[] UInt16(ushort value) => bigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)];
        byte[] UInt32(uint value) => bigEndian
            ? [.. UInt16((ushort)(value >> 16)), .. UInt16((ushort)value)]
            : [.. UInt16((ushort)value), .. UInt16((ushort)(value >> 16))];
        byte[] Entry(ushort tag) => [.. UInt16(tag), .. UInt16(4), .. UInt32(1), .. UInt32(4_000_000_000)];
        return [.. bigEndian ? "MM"u8 : "II"u8, .. UInt16(42), .. UInt32(8), .. UInt16(2), .. Entry(256), .. Entry(257), .. UInt32(0)];
    }
}
