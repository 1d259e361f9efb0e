using CaffeSharp.Imaging;
using CaffeSharp.Tests.Support;
using OpenCvSharp;

namespace CaffeSharp.Tests.Applications;

/// <summary>Reading, cutting and resizing images.</summary>
public sealed class FloatImageTests
{
    [Fact]
    public void A_photo_when_read_is_rgb_from_0_to_1()
    {
        using Mat photo = Cv2.ImRead(Photos.Path("chelsea.png"), ImreadModes.Color);
        FloatImage image = Photos.Cat();

        Assert.Equal((photo.Rows, photo.Cols, 3), (image.Height, image.Width, image.Channels));
        foreach ((int row, int column) in new[] { (0, 0), (150, 200), (299, 450) })
        {
            Vec3b bgr = photo.At<Vec3b>(row, column);
            Assert.Equal((float)(bgr.Item2 / 255.0), image[row, column, 0]);
            Assert.Equal((float)(bgr.Item1 / 255.0), image[row, column, 1]);
            Assert.Equal((float)(bgr.Item0 / 255.0), image[row, column, 2]);
        }
    }

    [Fact]
    public void A_gray_photo_when_read_as_color_has_three_equal_channels()
    {
        FloatImage color = FloatImage.Load(Photos.Path("camera.png"));
        FloatImage gray = FloatImage.Load(Photos.Path("camera.png"), color: false);

        Assert.Equal((3, 1), (color.Channels, gray.Channels));
        for (int channel = 0; channel < 3; channel++)
        {
            Assert.Equal(gray[100, 200, 0], color[100, 200, channel]);
        }
    }

    [Fact]
    public void A_color_photo_when_read_as_gray_is_its_luminance()
    {
        FloatImage color = Photos.Cat();
        FloatImage gray = FloatImage.Load(Photos.Path("chelsea.png"), color: false);

        double luminance = (0.2125 * color[77, 88, 0]) + (0.7154 * color[77, 88, 1]) + (0.0721 * color[77, 88, 2]);
        Assert.Equal(luminance, gray[77, 88, 0], 1e-6);
    }

    [Fact]
    public void Alpha_when_there_is_one_is_dropped_and_not_blended()
    {
        using Mat bgra = new(2, 2, MatType.CV_8UC4, new Scalar(10, 20, 30, 0));

        FloatImage image = FloatImage.Decode(bgra.ToBytes(".png"));

        Assert.Equal(3, image.Channels);
        Assert.Equal([30 / 255f, 20 / 255f, 10 / 255f], image.Pixels[..3]);
    }

    [Fact]
    public void Sixteen_bits_when_read_are_0_to_1_too()
    {
        using Mat deep = new(2, 3, MatType.CV_16UC1, new Scalar(12345));

        Assert.Equal((float)(12345 / 65535.0), FloatImage.Decode(deep.ToBytes(".png"), color: false)[1, 2, 0]);
    }

    [Theory]
    [InlineData("no.png", null, typeof(FileNotFoundException), "no.png")]
    [InlineData("empty.png", "", typeof(InvalidDataException), "is empty")]
    [InlineData("text.png", "not an image", typeof(InvalidDataException), "is not an image that OpenCV can decode")]
    [InlineData("header.png", "\u0089PNG\r\n\u001a\n", typeof(InvalidDataException), "is not an image that OpenCV can decode")]
    public void A_file_when_it_is_not_an_image_is_named(string name, string? content, Type exception, string words)
    {
        using TemporaryFolder folder = new();
        string path = content is null ? folder.File(name) : folder.Write(name, [.. content.Select(character => (byte)character)]);

        Exception failure = Assert.Throws(exception, () => FloatImage.Load(path));

        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_when_truncated_is_refused_and_not_filled_up()
    {
        using TemporaryFolder folder = new();
        byte[] png = File.ReadAllBytes(Photos.Path("chelsea.png"));
        string half = folder.Write("half.png", png[..(png.Length / 2)]);

        byte[] jpeg = File.ReadAllBytes(Photos.Path("biden.jpg"));
        string halfJpeg = folder.Write("half.jpg", jpeg[..(jpeg.Length / 2)]);

        Assert.Contains(
            "no end", Assert.Throws<InvalidDataException>(() => FloatImage.Load(halfJpeg)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => FloatImage.Load(Photos.Path("truncated.jpg")));
        Assert.Throws<InvalidDataException>(() => FloatImage.Load(half));
        Assert.Equal(3, FloatImage.Load(Photos.Path("biden.jpg")).Channels);
        Assert.Throws<IOException>(() => FloatImage.Load(folder.Path));
    }

    [Fact]
    public void An_image_when_enlarged_darkens_at_its_edges_with_three_channels_alone()
    {
        // Least 0, so that what lies outside counts as 0: a quarter of the first new pixel does, and half of that.
        FloatImage three = new(1, 2, 3, new float[] { 1, 1, 1, 0, 0, 0 });
        FloatImage two = new(1, 2, 2, new float[] { 1, 1, 0, 0 });

        // Rows: one becomes one, nothing outside. Columns at -0.25, 0.25, 0.75, 1.25.
        Assert.Equal([0.75f, 0.75f, 0.25f, 0f], Channel(three.Resize(1, 4)));
        Assert.Equal([1f, 2 / 3f, 1 / 3f, 0f], Channel(two.Resize(1, 4)));
    }

    [Fact]
    public void Sizes_when_they_make_no_sense_are_refused()
    {
        FloatImage image = new(4, 6, 1, new float[24]);

        Assert.Contains("23 values do not fill", Assert.Throws<ArgumentException>(() => new FloatImage(4, 6, 1, new float[23])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FloatImage(0, 6, 1, default));
        Assert.Throws<ArgumentException>(() => new FloatImage(1 << 16, 1 << 16, 3, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Resize(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Crop(3, 0, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Crop(-1, 0, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => image[0, 6, 0]);
        Assert.Contains(
            "not within an image of 4 x 6 x 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => image.Oversample(5, 6)).Message, StringComparison.Ordinal);
        Assert.Same(image, image.Resize(4, 6));
    }

    private static float[] Channel(FloatImage image) =>
        [.. Enumerable.Range(0, image.Width).Select(column => image[0, column, image.Channels - 1])];
}
