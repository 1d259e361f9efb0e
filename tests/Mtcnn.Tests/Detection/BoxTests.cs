using Mtcnn.Cascade.Boxes;
using Mtcnn.Faces;

namespace Mtcnn.Tests.Detection;

public sealed class BoxTests
{
    [Fact]
    public void Apply_moves_each_edge_by_its_share_of_the_given_width_and_height()
    {
        Box moved = BoxRegression.Apply(new Box(10, 20, 30, 60), new BoxOffsets(0.5f, -0.25f, -0.5f, 0.125f), 20, 40);

        Assert.Equal(new Box(20, 10, 20, 65), moved);
    }

    [Fact]
    public void Square_keeps_the_centre_and_takes_the_longer_side()
    {
        Assert.Equal(new Box(0, 20, 40, 60), BoxRegression.Square(new Box(10, 20, 30, 60)));
        Assert.Equal(new Box(-10, -20, 40, 30), BoxRegression.Square(new Box(-10, 0, 40, 10)));
    }

    [Fact]
    public void Truncate_goes_towards_zero_on_both_sides_of_it() =>
        Assert.Equal(new Box(-1, 1, 2, -3), BoxRegression.Truncate(new Box(-1.9, 1.9, 2.5, -3.5)));

    [Fact]
    public void ClippedTo_gives_the_part_inside_the_image()
    {
        Assert.Equal(new Box(0, 5, 100, 50), new Box(-7, 5, 130, 60).ClippedTo(100, 50));
        Assert.True(new Box(-20, -20, -5, -5).ClippedTo(100, 50).IsEmpty);
        Assert.Equal(new Box(1.5, 2.5, 3.5, 4.5), new Box(1.5, 2.5, 3.5, 4.5).ClippedTo(100, 50));
    }

    [Fact]
    public void OverlapWith_is_of_plane_figures()
    {
        Assert.Equal(1.0 / 3, new Box(0, 0, 2, 1).OverlapWith(new Box(1, 0, 3, 1)), 12);
        Assert.Equal(0, new Box(0, 0, 2, 1).OverlapWith(new Box(2, 0, 3, 1)));
    }

    [Fact]
    public void A_box_that_is_turned_inside_out_or_not_a_number_is_empty()
    {
        Assert.True(new Box(5, 0, 4, 9).IsEmpty);
        Assert.True(new Box(double.NaN, 0, 4, 9).IsEmpty);
        Assert.Equal(0, new Box(5, 0, 4, 9).Area);
        Assert.Equal(12, new Box(1, 1, 4, 5).Area);
    }

    [Fact]
    public void Landmarks_are_the_five_points_in_order()
    {
        ImagePoint[] points = [new(1, 2), new(3, 4), new(5, 6), new(7, 8), new(9, 10)];

        Landmarks landmarks = new(points);

        Assert.Equal(points, landmarks.ToArray());
        Assert.Equal(points[2], landmarks.Nose);
        Assert.Equal(points[4], landmarks[4]);
        Assert.Equal(Math.Sqrt(8), landmarks.EyeDistance, 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => landmarks[5]);
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new Landmarks(points.AsSpan(0, 4)));
        Assert.StartsWith("A face has 5 landmarks, not 4.", exception.Message, StringComparison.Ordinal);
    }
}
