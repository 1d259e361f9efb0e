using Mtcnn.Cascade.Profiles;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using Mtcnn.Sampling;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Detection;

/// <summary>The inputs of the networks, compared with OpenCV bit for bit.</summary>
public sealed class ResamplingTests
{
    [Theory]
    [InlineData(0, 0, 512, 512, 1000, 1000)]
    [InlineData(0, 0, 512, 512, 363, 363)]
    [InlineData(0, 0, 512, 512, 256, 256)]
    [InlineData(0, 0, 512, 512, 12, 12)]
    [InlineData(101, 57, 90, 121, 24, 24)]
    [InlineData(300, 200, 48, 48, 48, 48)]
    [InlineData(300, 200, 7, 5, 48, 48)]
    [InlineData(511, 511, 1, 1, 24, 24)]
    public void Resample_in_double_precision_gives_what_OpenCV_gives_for_an_image_of_doubles(int x, int y, int width, int height, int newWidth, int newHeight)
    {
        using Mat mat = ImageReader.Read(SharedFiles.Image("astronaut.png"));
        Rect region = new(x, y, width, height);
        using Mat part = new(mat, region);
        using Mat normalized = new();
        part.ConvertTo(normalized, MatType.CV_64FC3);
        Cv2.Subtract(normalized, Scalar.All(127.5), normalized);
        using Mat scaled = normalized * (1 / 128.0);
        using Mat expected = new();
        Cv2.Resize(scaled, expected, new Size(newWidth, newHeight));

        float[] planes = Resample(CascadeProfile.MtcnnCaffe, mat, region, newWidth, newHeight);

        AssertPlanes(planes, newWidth, newHeight, (column, row, channel) => (float)expected.At<Vec3d>(row, column)[channel], tolerance: 6e-8);
    }

    [Fact]
    public void Resample_of_bytes_gives_bit_for_bit_what_OpenCV_gives_whatever_the_sizes()
    {
        using Mat mat = ImageReader.Read(SharedFiles.Image("astronaut.png"));
        Random random = new(11);
        for (int i = 0; i < 400; i++)
        {
            int width = random.Next(1, i < 200 ? 60 : 400);
            int height = i % 3 == 0 ? random.Next(1, 300) : width;
            Rect region = new(random.Next(0, 512 - width), random.Next(0, 512 - height), width, height);
            AssertAsOpenCv(mat, region, 24, 24);
            AssertAsOpenCv(mat, region, random.Next(12, 100), random.Next(12, 100));
        }
    }

    [Theory]
    [InlineData(307, 307)]
    [InlineData(256, 256)]
    [InlineData(128, 128)]
    [InlineData(256, 512)]
    [InlineData(511, 511)]
    [InlineData(512, 512)]
    [InlineData(512, 300)]
    [InlineData(300, 512)]
    [InlineData(300, 513)]
    [InlineData(600, 300)]
    [InlineData(600, 601)]
    [InlineData(12, 13)]
    [InlineData(1, 1)]
    [InlineData(1, 700)]
    public void Resample_of_a_whole_image_of_bytes_gives_bit_for_bit_what_OpenCV_gives(int width, int height)
    {
        using Mat mat = ImageReader.Read(SharedFiles.Image("astronaut.png"));

        AssertAsOpenCv(mat, new Rect(0, 0, 512, 512), width, height);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(9, 1)]
    [InlineData(2, 2)]
    [InlineData(24, 24)]
    public void Resample_of_a_tiny_image_reads_nothing_beyond_it(int width, int height)
    {
        using Mat mat = new(height, width, MatType.CV_8UC3);
        Cv2.Randu(mat, Scalar.All(0), Scalar.All(255));

        AssertAsOpenCv(mat, new Rect(0, 0, width, height), 24, 24);
        AssertAsOpenCv(mat, new Rect(0, 0, width, height), 1, 1);
        Assert.All(Resample(CascadeProfile.MtcnnCaffe, mat, new Rect(0, 0, width, height), 24, 24), value => Assert.InRange(value, -1, 1));
    }

    [Fact]
    public void Resample_of_bytes_where_the_region_leaves_the_image_gives_what_OpenCV_gives_with_a_black_border()
    {
        using Mat mat = ImageReader.Read(SharedFiles.Image("chelsea.png"));
        using Mat bordered = new();
        Cv2.CopyMakeBorder(mat, bordered, 300, 300, 300, 300, BorderTypes.Constant, Scalar.Black);
        Random random = new(5);
        for (int i = 0; i < 100; i++)
        {
            int side = random.Next(1, 300);
            Rect region = new(random.Next(-300, mat.Width), random.Next(-300, mat.Height), side, side);

            float[] planes = Resample(CascadeProfile.Authors, mat, region, 48, 48);

            AssertPlanes(planes, 48, 48, ByOpenCv(bordered, region + new Point(300, 300), 48, 48));
        }
    }

    [Fact]
    public void Resample_of_bytes_when_the_region_leaves_the_image_is_black_there()
    {
        using Mat mat = new(20, 30, MatType.CV_8UC3, Scalar.All(255));

        float[] planes = Resample(CascadeProfile.Authors, mat, new Rect(-6, 14, 12, 12), 12, 12);

        AssertPlanes(planes, 12, 12, (x, y, _) => x >= 6 && y < 6 ? 127.5f / 128 : -127.5f / 128);
    }

    [Theory]
    [InlineData("authors", 143, 95)]
    [InlineData("authors", 150, 100)]
    [InlineData("authors", 500, 350)]
    [InlineData("mtcnn-caffe", 143, 95)]
    [InlineData("mtcnn-caffe", 500, 350)]
    public void Resample_of_a_tile_gives_that_part_of_the_whole(string profileName, int width, int height)
    {
        CascadeProfile profile = CascadeProfile.Parse(profileName);
        using Mat mat = ImageReader.Read(SharedFiles.Image("chelsea.png"));
        Rect region = new(0, 0, mat.Width, mat.Height);
        float[] whole = Resample(profile, mat, region, width, height);
        Rect tile = new(38, 17, 50, 41);
        float[] part = new float[3 * 50 * 41];
        using BgrImage image = BgrImage.Of(mat.AsView());

        profile.Rules.Resample(image, new Resampling(PixelRectOf(region), new ImageSize(width, height), PixelRectOf(tile), profile.Rules.Planes), part);

        for (int channel = 0; channel < 3; channel++)
        {
            for (int x = 0; x < tile.Width; x++)
            {
                int from = (((channel * width) + tile.X + x) * height) + tile.Y;
                int to = ((channel * tile.Width) + x) * tile.Height;
                Assert.Equal(whole.AsSpan(from, tile.Height), part.AsSpan(to, tile.Height));
            }
        }
    }

    [Fact]
    public void Resample_when_the_region_is_empty_the_tile_leaves_the_image_or_the_room_does_not_fit_is_refused()
    {
        using Mat mat = new(20, 30, MatType.CV_8UC3, Scalar.Black);
        using BgrImage image = BgrImage.Of(mat.AsView());
        ImageSize size = new(15, 10);
        PixelRect whole = new(0, 0, 30, 20);

        Assert.All(CascadeProfile.All, profile =>
        {
            ArgumentException empty = Assert.Throws<ArgumentException>(() =>
                profile.Rules.Resample(image, new Resampling(new PixelRect(3, 3, 0, 5), size, PixelFormat.Bgr24), new float[450]));
            ArgumentException leaves = Assert.Throws<ArgumentException>(() =>
                profile.Rules.Resample(image, new Resampling(whole, size, new PixelRect(5, 5, 11, 5), PixelFormat.Bgr24), new float[3 * 55]));
            ArgumentException room = Assert.Throws<ArgumentException>(() =>
                profile.Rules.Resample(image, new Resampling(whole, size, PixelFormat.Bgr24), new float[3]));

            Assert.Contains("holds no pixel", empty.Message, StringComparison.Ordinal);
            Assert.Contains("leaves an image of 15 x 10 pixels", leaves.Message, StringComparison.Ordinal);
            Assert.Contains("takes 450 values, not 3", room.Message, StringComparison.Ordinal);
        });
    }

    private static PixelRect PixelRectOf(Rect region) => new(region.X, region.Y, region.Width, region.Height);

    private static void AssertAsOpenCv(Mat mat, Rect region, int width, int height) => AssertPlanes(
        Resample(CascadeProfile.Authors, mat, region, width, height), width, height, ByOpenCv(mat, region, width, height));

    private static float[] Resample(CascadeProfile profile, Mat mat, Rect region, int width, int height)
    {
        float[] planes = new float[3 * width * height];
        using BgrImage image = BgrImage.Of(mat.AsView());
        profile.Rules.Resample(image, new Resampling(PixelRectOf(region), new ImageSize(width, height), profile.Rules.Planes), planes);
        return planes;
    }

    /// <summary>The authors' rule: RGB, by area if the width decreases.</summary>
    private static Func<int, int, int, float> ByOpenCv(Mat mat, Rect region, int width, int height)
    {
        using Mat part = new(mat, region);
        using Mat resized = new();
        Cv2.Resize(part, resized, new Size(width, height), 0, 0, width < part.Width ? InterpolationFlags.Area : InterpolationFlags.Linear);
        Assert.True(resized.GetArray(out Vec3b[] pixels));
        return (x, y, channel) => (pixels[(y * width) + x][2 - channel] - 127.5f) / 128;
    }

    private static void AssertPlanes(float[] planes, int width, int height, Func<int, int, int, float> expected, double tolerance = 0)
    {
        Assert.Equal(3 * width * height, planes.Length);
        double worst = 0;
        for (int at = 0; at < planes.Length; at++)
        {
            int channel = at / (width * height);
            worst = Math.Max(worst, Math.Abs(expected(at / height % width, at % height, channel) - planes[at]));
        }

        Assert.InRange(worst, 0, tolerance);
    }
}
