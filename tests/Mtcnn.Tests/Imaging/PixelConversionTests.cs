using System.Runtime.InteropServices;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using OpenCvSharp;

namespace Mtcnn.Tests.Imaging;

/// <summary>Pixels in memory, from Mats and from spans.</summary>
public sealed class PixelConversionTests
{
    [Fact]
    public void FromMat_of_16_bits_keeps_the_high_byte_of_every_value_as_a_png_read_from_a_file_does()
    {
        ushort[] values = [.. Enumerable.Range(0, 65536).Select(value => (ushort)value)];
        using Mat deep = Mat.FromPixelData(256, 256, MatType.CV_16UC1, values);

        using Mat converted = ImageReader.FromMat(deep);
        using Mat read = ImageReader.Decode(deep.ImEncode(".png"));

        Assert.True(converted.GetArray(out Vec3b[] pixels));
        Assert.Equal(values.Select(value => (byte)(value >> 8)), pixels.Select(pixel => pixel.Item0));
        Assert.Equal(0, Cv2.Norm(converted, read, NormTypes.L1));
    }

    [Theory]
    [InlineData(1, ChannelOrder.Bgr, 10, 10, 10)]
    [InlineData(1, ChannelOrder.Rgb, 10, 10, 10)]
    [InlineData(3, ChannelOrder.Bgr, 10, 20, 30)]
    [InlineData(3, ChannelOrder.Rgb, 30, 20, 10)]
    [InlineData(4, ChannelOrder.Bgr, 10, 20, 30)]
    [InlineData(4, ChannelOrder.Rgb, 30, 20, 10)]
    public void FromMat_of_every_number_of_channels_gives_its_own_bgr(int channels, ChannelOrder order, byte blue, byte green, byte red)
    {
        using Mat source = new(20, 30, MatType.CV_8UC(channels), new Scalar(10, 20, 30, 40));
        using Mat part = source.SubMat(new Rect(3, 4, 5, 6));

        using Mat image = ImageReader.FromMat(part, order);
        _ = source.SetTo(Scalar.All(0));

        Assert.Equal((5, 6, true), (image.Width, image.Height, image.IsContinuous()));
        Assert.Equal(new Vec3b(blue, green, red), image.At<Vec3b>(5, 4));
    }

    [Fact]
    public void FromMat_of_what_is_not_an_image_is_refused_in_words()
    {
        using Mat empty = new();
        using Mat real = new(4, 4, MatType.CV_32FC3, Scalar.All(0.5));
        using Mat gray = new(4, 4, MatType.CV_8UC1, Scalar.All(1));
        using Mat two = new(4, 4, MatType.CV_8UC2, Scalar.All(1));
        Mat disposed = new(4, 4, MatType.CV_8UC3);
        disposed.Dispose();

        Assert.Contains("holds no image", Assert.Throws<ArgumentException>(() => ImageReader.FromMat(empty)).Message, StringComparison.Ordinal);
        Assert.Contains("CV_32FC3", Assert.Throws<ArgumentException>(() => ImageReader.FromMat(real)).Message, StringComparison.Ordinal);
        Assert.Contains("CV_8UC2", Assert.Throws<ArgumentException>(() => ImageReader.FromMat(two)).Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => ImageReader.FromMat(disposed));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageReader.FromMat(gray, (ChannelOrder)7));
    }

    [Theory]
    [InlineData(PixelFormat.Gray8, 1, 0, 0, 0)]
    [InlineData(PixelFormat.Bgr24, 3, 0, 1, 2)]
    [InlineData(PixelFormat.Rgb24, 3, 2, 1, 0)]
    [InlineData(PixelFormat.Bgra32, 4, 0, 1, 2)]
    [InlineData(PixelFormat.Rgba32, 4, 2, 1, 0)]
    public void FromPixels_of_every_format_finds_the_channels_where_they_are(PixelFormat format, int bytes, int blue, int green, int red)
    {
        const int Width = 5, Height = 3, Padding = 2;
        int stride = (Width * bytes) + Padding;

        // The last row has no padding, as in a view of a part of a larger image.
        byte[] pixels = [.. Enumerable.Range(0, (stride * Height) - Padding).Select(value => (byte)value)];

        using Mat image = ImageReader.FromPixels(pixels, Width, Height, stride, format);

        int last = (stride * (Height - 1)) + (bytes * (Width - 1));
        Assert.Equal(new Vec3b((byte)(last + blue), (byte)(last + green), (byte)(last + red)), image.At<Vec3b>(Height - 1, Width - 1));
        Assert.Equal(3 * Width * Height, MemoryMarshal.AsBytes(image.AsSpan<Vec3b>()).Length);
    }

    [Theory]
    [InlineData(0, 1, 4)]
    [InlineData(1, -1, 4)]
    [InlineData(2, 1, 7)]
    [InlineData(2, 1, -8)]
    [InlineData(2, 3, 8)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    public void FromPixels_of_sizes_that_do_not_fit_is_refused(int width, int height, int stride) =>
        Assert.ThrowsAny<ArgumentException>(() => ImageReader.FromPixels(new byte[16], width, height, stride, PixelFormat.Bgra32));
}
