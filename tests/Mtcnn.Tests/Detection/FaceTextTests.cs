using Mtcnn.Faces;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Detection;

/// <summary>The text of boxes and points in logs.</summary>
public sealed class FaceTextTests
{
    [Fact]
    public void Boxes_and_points_are_written_to_a_tenth_of_a_pixel_whatever_the_culture()
    {
        using CommaCulture culture = new();

        Assert.Equal("-1.3, 52.7 - 267.4, 168.1", $"{new Box(-1.26, 52.69, 267.41, 168.13)}");
        Assert.Equal("225.6,128.9", $"{new ImagePoint(225.57, 128.86)}");
        Assert.Equal("1.0,2.0  3.0,4.5  5.0,6.0  7.0,8.0  9.0,10.0", $"{new Landmarks(new(1, 2), new(3, 4.5), new(5, 6), new(7, 8), new(9, 10))}");
    }
}
