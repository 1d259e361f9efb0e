using Mtcnn.Cascade.Profiles;
using Mtcnn.Pixels;

namespace Mtcnn.Tests.Detection;

public sealed class ImagePyramidTests
{
    [Fact]
    public void Levels_of_the_authors_start_at_the_smallest_face_and_end_at_12_pixels()
    {
        IReadOnlyList<PyramidLevel> levels = CascadeProfile.Authors.Levels(new ImageSize(500, 333), new PyramidSettings());

        // 333 * 0.6 * 0.709^k >= 12 up to k = 8 (12.76).
        Assert.Equal(9, levels.Count);
        Assert.Equal(new PyramidLevel(0.6, 300, 200), levels[0]);
        Assert.Equal(0.4254, levels[1].Scale, 12);
        Assert.Equal((213, 142), (levels[1].Width, levels[1].Height));
        Assert.Equal((20, 13), (levels[8].Width, levels[8].Height));
        Assert.Equal(20, levels[0].WindowSide, 12);
    }

    [Fact]
    public void Levels_of_mtcnn_caffe_enlarge_a_small_image_to_1000_pixels()
    {
        IReadOnlyList<PyramidLevel> levels = CascadeProfile.MtcnnCaffe.Levels(new ImageSize(500, 333), new PyramidSettings());

        // 666 * 0.709^k >= 12 up to k = 11 (15.2).
        Assert.Equal(12, levels.Count);
        Assert.Equal(new PyramidLevel(2, 1000, 666), levels[0]);
        Assert.Equal((709, 472), (levels[1].Width, levels[1].Height));
    }

    [Theory]
    [InlineData(4000, 2000, 0.5, 2000, 1000)]
    [InlineData(1200, 900, 1, 1200, 900)]
    public void Levels_of_mtcnn_caffe_reduce_only_images_whose_shorter_side_is_above_1000(
        int width, int height, double scale, int levelWidth, int levelHeight)
    {
        IReadOnlyList<PyramidLevel> levels = CascadeProfile.MtcnnCaffe.Levels(new ImageSize(width, height), new PyramidSettings());

        Assert.Equal(new PyramidLevel(scale, levelWidth, levelHeight), levels[0]);
    }

    [Theory]
    [InlineData(11, 11)]
    [InlineData(19, 400)]
    [InlineData(1, 5000)]
    [InlineData(1, 1)]
    public void Levels_of_the_authors_for_an_image_below_the_smallest_face_are_none(int width, int height) =>
        Assert.Empty(CascadeProfile.Authors.Levels(new ImageSize(width, height), new PyramidSettings()));

    [Fact]
    public void Levels_with_a_minimum_face_leave_finer_levels_out()
    {
        PyramidSettings settings = new() { MinimumFace = 60 };

        PyramidLevel authors = CascadeProfile.Authors.Levels(new ImageSize(640, 480), settings)[0];
        PyramidLevel mtcnnCaffe = CascadeProfile.MtcnnCaffe.Levels(new ImageSize(640, 480), settings)[0];

        Assert.Equal(60, authors.WindowSide, 9);
        Assert.InRange(mtcnnCaffe.WindowSide, 60, 60 / 0.709);
    }

    [Fact]
    public void Levels_with_a_maximum_face_leave_coarser_levels_out()
    {
        PyramidSettings settings = new() { MaximumFace = 80 };

        IReadOnlyList<PyramidLevel> levels = CascadeProfile.Authors.Levels(new ImageSize(640, 480), settings);

        Assert.InRange(levels[^1].WindowSide, 80, 80 / 0.709);
    }
}
