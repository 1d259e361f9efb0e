using Mtcnn.Detection;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Detection;

public sealed class ResampledImageTests
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
    public void Resample_in_double_precision_gives_what_OpenCV_gives_for_a_picture_of_doubles(int x, int y, int width, int height, int newWidth, int newHeight)
    {
        using Mat picture = ImageReader.Read(SharedFiles.Image("astronaut.png"));
        Rect region = new(x, y, width, height);
        using Mat part = new(picture, region);
        using Mat normalized = new();
        part.ConvertTo(normalized, MatType.CV_64FC3);
        Cv2.Subtract(normalized, Scalar.All(127.5), normalized);
        using Mat scaled = normalized * (1 / 128.0);
        using Mat expected = new();
        Cv2.Resize(scaled, expected, new Size(newWidth, newHeight));

        using ResampledImage resampled = DoubleResampledImage.Resample(picture, region, new ImageSize(newWidth, newHeight), ChannelOrder.Bgr);
        float[] planes = new float[3 * newWidth * newHeight];
        resampled.Write(planes);

        double worst = 0;
        for (int column = 0; column < newWidth; column++)
        {
            for (int row = 0; row < newHeight; row++)
            {
                Vec3d pixel = expected.At<Vec3d>(row, column);
                int at = (column * newHeight) + row;
                worst = Math.Max(worst, Math.Abs(pixel.Item0 - planes[at]));
                worst = Math.Max(worst, Math.Abs(pixel.Item1 - planes[at + (newWidth * newHeight)]));
                worst = Math.Max(worst, Math.Abs(pixel.Item2 - planes[at + (2 * newWidth * newHeight)]));
            }
        }

        Assert.InRange(worst, 0, 6e-8);
    }

    [Fact]
    public void Resample_of_bytes_shrinks_by_area_and_writes_transposed_planes_in_the_asked_order()
    {
        using Mat picture = ImageReader.Read(SharedFiles.Image("astronaut.png"));
        using Mat expected = new();
        Cv2.Resize(picture, expected, new Size(100, 37), 0, 0, InterpolationFlags.Area);

        using ResampledImage resampled = ByteResampledImage.Resample(picture, new Rect(0, 0, 512, 512), new ImageSize(100, 37), ChannelOrder.Rgb);
        float[] planes = new float[3 * 100 * 37];
        resampled.Write(planes);

        for (int x = 0; x < 100; x++)
        {
            for (int y = 0; y < 37; y++)
            {
                Vec3b pixel = expected.At<Vec3b>(y, x);
                Assert.Equal((pixel.Item2 - 127.5f) / 128, planes[(x * 37) + y]);
                Assert.Equal((pixel.Item1 - 127.5f) / 128, planes[(100 * 37) + (x * 37) + y]);
                Assert.Equal((pixel.Item0 - 127.5f) / 128, planes[(2 * 100 * 37) + (x * 37) + y]);
            }
        }
    }

    [Fact]
    public void Resample_of_bytes_when_the_region_leaves_the_picture_is_black_there()
    {
        using Mat picture = new(20, 30, MatType.CV_8UC3, Scalar.All(255));

        using ResampledImage resampled = ByteResampledImage.Resample(picture, new Rect(-6, 14, 12, 12), new ImageSize(12, 12), ChannelOrder.Bgr);
        float[] planes = new float[3 * 12 * 12];
        resampled.Write(planes);

        for (int x = 0; x < 12; x++)
        {
            for (int y = 0; y < 12; y++)
            {
                float expected = x >= 6 && y < 6 ? 127.5f / 128 : -127.5f / 128;
                Assert.Equal(expected, planes[(x * 12) + y]);
            }
        }
    }

    [Theory]
    [InlineData("authors")]
    [InlineData("mtcnn-caffe")]
    public void Write_of_a_tile_gives_that_part_of_the_whole(string profileName)
    {
        CascadeProfile profile = CascadeProfile.Parse(profileName);
        using Mat picture = ImageReader.Read(SharedFiles.Image("chelsea.png"));
        ImageSize size = new(143, 95);
        using ResampledImage resampled = profile.Resample(picture, new Rect(0, 0, picture.Width, picture.Height), size, profile.ChannelOrder);
        float[] whole = new float[3 * 143 * 95];
        resampled.Write(whole);
        Rect tile = new(38, 17, 50, 41);
        float[] part = new float[3 * 50 * 41];

        resampled.Write(tile, part);

        for (int channel = 0; channel < 3; channel++)
        {
            for (int x = 0; x < tile.Width; x++)
            {
                int from = (((channel * size.Width) + tile.X + x) * size.Height) + tile.Y;
                int to = ((channel * tile.Width) + x) * tile.Height;
                Assert.Equal(whole.AsSpan(from, tile.Height), part.AsSpan(to, tile.Height));
            }
        }
    }

    [Fact]
    public void Write_when_the_tile_leaves_the_image_or_the_room_does_not_fit_is_refused()
    {
        using Mat picture = new(20, 30, MatType.CV_8UC3, Scalar.Black);
        using ResampledImage resampled = ByteResampledImage.Resample(picture, new Rect(0, 0, 30, 20), new ImageSize(15, 10), ChannelOrder.Bgr);

        ArgumentException leaves = Assert.Throws<ArgumentException>(() => resampled.Write(new Rect(5, 5, 11, 5), new float[3 * 55]));
        ArgumentException room = Assert.Throws<ArgumentException>(() => resampled.Write(new float[3]));

        Assert.Contains("leaves an image of 15 x 10 pixels", leaves.Message, StringComparison.Ordinal);
        Assert.Contains("takes 450 values, not 3", room.Message, StringComparison.Ordinal);
    }
}
