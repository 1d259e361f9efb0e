using Mtcnn.Imaging;
using Mtcnn.Pixels;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Imaging;

public sealed class ImageReaderTests
{
    public static TheoryData<string, byte[], ImageErrorKind, string> BadImages
    {
        get
        {
            byte[] png = Encoded(".png", new Mat(40, 30, MatType.CV_8UC3, new Scalar(10, 200, 30)));
            return new()
            {
                { "empty", [], ImageErrorKind.Empty, "there are no bytes in it" },
                { "zero bytes", new byte[500], ImageErrorKind.NotAnImage, "it holds nothing but zero bytes" },
                { "text", "once upon a time"u8.ToArray(), ImageErrorKind.NotAnImage, "it is text, not an image" },
                { "pdf", "%PDF-1.7\n"u8.ToArray(), ImageErrorKind.NotAnImage, "it is a PDF document" },
                { "half a png", png[..(png.Length / 2)], ImageErrorKind.Truncated, "the image is truncated" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(BadImages))]
    public void Decode_when_the_bytes_are_not_a_whole_image_says_what_they_are(string name, byte[] bytes, ImageErrorKind kind, string message)
    {
        ImageException error = Assert.Throws<ImageException>(() => ImageReader.Decode(bytes));

        Assert.Equal(kind, error.Kind);
        Assert.True(error.Message.Contains(message, StringComparison.Ordinal), $"{name}: {error.Message}");
    }

    [Fact]
    public void Read_when_a_jpeg_is_cut_short_says_so_with_its_path()
    {
        string path = SharedFiles.Image("truncated.jpg");

        ImageException error = Assert.Throws<ImageException>(() => ImageReader.Read(path));

        Assert.Equal((ImageErrorKind.Truncated, path), (error.Kind, error.Path));
        Assert.StartsWith($"{path}: the image is truncated: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_when_there_is_no_file_or_it_is_a_folder_says_so()
    {
        ImageException missing = Assert.Throws<ImageException>(() => ImageReader.Read("/no/such/photo.jpg"));
        ImageException folder = Assert.Throws<ImageException>(() => ImageReader.Read(SharedFiles.Of("images")));

        Assert.Equal(ImageErrorKind.NotFound, missing.Kind);
        Assert.Equal("/no/such/photo.jpg: there is no such file. Check its name and the current folder.", missing.Message);
        Assert.Equal(ImageErrorKind.IsFolder, folder.Kind);
        Assert.Contains("it is a folder, not a file", folder.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_when_the_image_has_more_pixels_than_allowed_refuses_before_it_decodes()
    {
        ImageException error = Assert.Throws<ImageException>(() => ImageReader.Read(SharedFiles.Image("astronaut.png"), maximumPixels: 1000));

        Assert.Equal(ImageErrorKind.TooLarge, error.Kind);
        Assert.Contains("512 x 512 pixels", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(11, 11)]
    [InlineData(1, 5000)]
    public void Decode_of_a_tiny_or_thin_image_gives_its_pixels(int width, int height)
    {
        using Mat image = ImageReader.Decode(Encoded(".png", new Mat(height, width, MatType.CV_8UC3, new Scalar(1, 2, 3))));

        Assert.Equal((width, height, MatType.CV_8UC3), (image.Width, image.Height, image.Type()));
        Assert.Equal(new Vec3b(1, 2, 3), image.At<Vec3b>(height - 1, width - 1));
    }

    [Fact]
    public void Decode_of_gray_alpha_and_16_bits_gives_8_bit_bgr()
    {
        using Mat gray = ImageReader.Decode(Encoded(".png", new Mat(5, 4, MatType.CV_8UC1, new Scalar(77))));
        using Mat alpha = ImageReader.Decode(Encoded(".png", new Mat(5, 4, MatType.CV_8UC4, new Scalar(7, 8, 9, 100))));
        using Mat deep = ImageReader.Decode(Encoded(".png", new Mat(5, 4, MatType.CV_16UC3, new Scalar(0x8000, 0x0100, 0xFF00))));

        Assert.Equal(new Vec3b(77, 77, 77), gray.At<Vec3b>(0, 0));
        Assert.Equal(new Vec3b(7, 8, 9), alpha.At<Vec3b>(0, 0));
        Assert.Equal(new Vec3b(0x80, 0x01, 0xFF), deep.At<Vec3b>(0, 0));
        Assert.All([gray, alpha, deep], image => Assert.Equal(MatType.CV_8UC3, image.Type()));
    }

    [Fact]
    public void Decode_of_a_cmyk_jpeg_gives_bgr()
    {
        // 8 x 8 pixels, four components without subsampling, every coefficient 0: each ink at half, which Adobe stores inverted.
        byte[] jpeg =
        [
            0xFF, 0xD8,
            0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0,
            0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64),
            0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0,
            0xFF, 0xC4, 0, 20, 0x00, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0, 0x00,
            0xFF, 0xD9,
        ];

        using Mat image = ImageReader.Decode(jpeg);

        Assert.Equal((8, 8, MatType.CV_8UC3), (image.Width, image.Height, image.Type()));
        Vec3b pixel = image.At<Vec3b>(3, 3);
        Assert.InRange(pixel.Item0, 62, 66);
        Assert.Equal((pixel.Item0, pixel.Item0), (pixel.Item1, pixel.Item2));
    }

    [Fact]
    public void Decode_of_an_animated_gif_gives_its_first_frame()
    {
        // One pixel; white in the first frame, black in the second.
        byte[] gif =
        [
            .. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 255, 255, 255, 0, 0, 0,
            0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0,
            0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 1, 0,
            0x3B,
        ];

        using Mat image = ImageReader.Decode(gif);

        Assert.Equal((1, 1), (image.Width, image.Height));
        Assert.Equal(new Vec3b(255, 255, 255), image.At<Vec3b>(0, 0));
    }

    [Fact]
    public void Decode_of_a_jpeg_with_an_exif_orientation_gives_the_upright_image()
    {
        byte[] plain = Encoded(".jpg", new Mat(10, 20, MatType.CV_8UC3, new Scalar(50, 60, 70)));
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif"u8, 0, 0, .. "II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0,
        ];

        using Mat upright = ImageReader.Decode([.. plain[..2], .. exif, .. plain[2..]]);

        Assert.Equal((10, 20), (upright.Width, upright.Height));
    }

    [Fact]
    public void FromPixels_with_a_stride_and_another_order_gives_bgr()
    {
        // Two rows of one RGB pixel, each row padded to five bytes.
        using Mat image = ImageReader.FromPixels([1, 2, 3, 0, 0, 4, 5, 6, 0, 0], 1, 2, 5, PixelFormat.Rgb24);

        Assert.Equal(new Vec3b(3, 2, 1), image.At<Vec3b>(0, 0));
        Assert.Equal(new Vec3b(6, 5, 4), image.At<Vec3b>(1, 0));
        Assert.ThrowsAny<ArgumentException>(() => ImageReader.FromPixels([1, 2, 3], 2, 2, 6, PixelFormat.Rgb24));
        Assert.ThrowsAny<ArgumentException>(() => ImageReader.FromPixels(new byte[12], 2, 2, 3, PixelFormat.Rgb24));
    }

    private static byte[] Encoded(string extension, Mat image)
    {
        using (image)
        {
            return image.ImEncode(extension);
        }
    }
}
