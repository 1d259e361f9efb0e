using Mtcnn.Imaging;
using Mtcnn.Pixels;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Pixels;

/// <summary>Pixels in the caller's memory as input of the detector.</summary>
public sealed class ImageViewTests
{
    [Theory]
    [InlineData(PixelFormat.Gray8, 1, ColorConversionCodes.GRAY2BGR)]
    [InlineData(PixelFormat.Rgb24, 3, ColorConversionCodes.RGB2BGR)]
    [InlineData(PixelFormat.Bgra32, 4, ColorConversionCodes.BGRA2BGR)]
    [InlineData(PixelFormat.Rgba32, 4, ColorConversionCodes.RGBA2BGR)]
    public void Bgr_of_every_format_is_what_OpenCV_makes_of_it_whatever_the_size_and_the_stride(PixelFormat format, int channels, ColorConversionCodes code)
    {
        Random random = new(3);
        for (int width = 1; width < 70; width++)
        {
            int height = random.Next(1, 4);
            int stride = (width * channels) + random.Next(0, 9);
            byte[] pixels = new byte[(stride * (height - 1)) + (width * channels)];
            random.NextBytes(pixels);
            using Mat source = Mat.FromPixelData(height, width, MatType.CV_8UC(channels), pixels, stride);
            using Mat expected = source.CvtColor(code);

            using BgrImage converted = BgrImage.Of(new ImageView(pixels, width, height, stride, format));

            using Mat actual = Mat.FromPixelData(height, width, MatType.CV_8UC3, converted.Origin, converted.Stride);
            Assert.Equal(0, Cv2.Norm(expected, actual, NormTypes.L1));
        }
    }

    [Fact]
    public void Bgr_of_a_part_of_a_Mat_is_its_own_memory()
    {
        using Mat photo = ImageReader.Read(SharedFiles.Image("astronaut.png"));
        using Mat part = photo.SubMat(new Rect(17, 30, 100, 50));

        using BgrImage image = BgrImage.Of(part.AsView());

        Assert.Equal(part.Data, image.Origin);
        Assert.Equal((100, 50, 512 * 3), (image.Width, image.Height, (int)image.Stride));
    }

    [Theory]
    [InlineData(0, 1, 4)]
    [InlineData(1, -1, 4)]
    [InlineData(2, 1, 7)]
    [InlineData(2, 1, -8)]
    [InlineData(2, 3, 8)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    public void View_of_sizes_that_do_not_fit_is_refused(int width, int height, int stride)
    {
        Assert.ThrowsAny<ArgumentException>(() => new ImageView(new byte[16], width, height, stride, PixelFormat.Bgra32));
        Assert.ThrowsAny<ArgumentException>(() => Detectors.Authors.Detect(new byte[16], width, height, stride, PixelFormat.Bgra32));
    }

    [Fact]
    public void Buffer_is_black_at_first_and_becomes_a_Mat_of_the_same_pixels()
    {
        PixelBuffer buffer = new(5, 4, PixelFormat.Bgra32);
        Assert.Equal(new byte[80], buffer.Pixels.ToArray());
        buffer.Row(3)[16] = 7;
        buffer.Row(0)[2] = 9;

        using Mat mat = buffer.ToMat();

        Assert.Equal((5, 4, MatType.CV_8UC4), (mat.Width, mat.Height, mat.Type()));
        Assert.Equal(new Vec4b(7, 0, 0, 0), mat.At<Vec4b>(3, 4));
        Assert.Equal(new Vec4b(0, 0, 9, 0), mat.At<Vec4b>(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Row(4)[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PixelBuffer(1 << 16, 1 << 16, PixelFormat.Gray8));
    }

    [Fact]
    public void Rectangles_that_meet_nowhere_have_no_common_part()
    {
        PixelRect whole = new(0, 0, 30, 20);

        Assert.Equal(new PixelRect(0, 5, 12, 15), new PixelRect(-8, 5, 20, 40).Intersect(whole));
        Assert.True(new PixelRect(30, 0, 5, 5).Intersect(whole).IsEmpty);
        Assert.True(new PixelRect(-9, -9, 9, 30).Intersect(whole).IsEmpty);
    }
}
