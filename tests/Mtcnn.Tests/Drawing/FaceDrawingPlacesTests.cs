using Mtcnn.Drawing;
using Mtcnn.Faces;
using OpenCvSharp;

namespace Mtcnn.Tests.Drawing;

/// <summary>The positions of scores, and the drawing of faces at and beyond the border.</summary>
public sealed class FaceDrawingPlacesTests
{
    private static readonly Size s_image = new(400, 300);
    private static readonly Size s_plate = new(50, 20);

    [Theory]
    [InlineData(100, 100, 98, 78)]
    [InlineData(100, 5, 98, 67)]
    [InlineData(-30, 100, 0, 78)]
    [InlineData(380, 100, 350, 78)]
    [InlineData(-1e30, 1e30, 0, 280)]
    public void Take_puts_a_plate_above_its_box_or_below_it_and_always_inside(double left, double top, int plateLeft, int plateTop)
    {
        Box box = new(left, top, left + 80, top + 60);

        Rect place = new PlatePlacement(s_image, [box]).Take(box, s_plate, edge: 2);

        Assert.Equal(new Rect(plateLeft, plateTop, 50, 20), place);
    }

    [Fact]
    public void Take_of_faces_side_by_side_hides_neither_a_face_nor_a_score()
    {
        Box[] row = [.. Enumerable.Range(0, 9).Select(index => new Box(20 + (40 * index), 100 + (12 * (index % 2)), 52 + (40 * index), 140 + (12 * (index % 2))))];
        PlatePlacement places = new(s_image, row);

        Rect[] plates = [.. row.Select(box => places.Take(box, s_plate, edge: 1))];

        double hiddenFaces = plates.Sum(plate => row.Sum(box => Common(plate, new Rect((int)box.Left, (int)box.Top, (int)box.Width, (int)box.Height))));
        Assert.InRange(hiddenFaces / row.Sum(box => box.Area), 0, 0.02);
        double hiddenPlates = plates.SelectMany((plate, index) => plates.Skip(index + 1), Common).Sum();
        Assert.InRange(hiddenPlates / plates.Sum(plate => (double)plate.Width * plate.Height), 0, 0.1);
    }

    [Fact]
    public void Draw_of_a_face_larger_than_the_image_or_far_outside_or_without_numbers_draws_what_is_inside()
    {
        using Mat image = new(120, 160, MatType.CV_8UC3, Scalar.All(90));
        Landmarks inside = new(new(60, 40), new(100, 40), new(80, 60), new(65, 80), new(95, 80));
        Landmarks nowhere = new(new(double.NaN, 0), new(1e300, 1), new(-1e300, 0), new(0, double.PositiveInfinity), new(3, -1e12));

        FaceDrawing.Draw(image, [
            new Face(new Box(-50, -60, 300, 400), 0.9f, inside),
            new Face(new Box(-1e15, -1e15, -1e14, -1e14), 0.5f, nowhere),
            new Face(new Box(double.NaN, 0, double.NaN, 0), float.NaN, nowhere)]);

        Assert.NotEqual(new Vec3b(90, 90, 90), image.At<Vec3b>(60, 80));
    }

    [Fact]
    public void Draw_on_an_image_too_small_for_a_score_draws_the_rest()
    {
        using Mat image = new(14, 14, MatType.CV_8UC3, Scalar.All(90));

        FaceDrawing.Draw(image, [new Face(new Box(2, 2, 12, 12), 0.9f, new Landmarks(new(5, 5), new(9, 5), new(7, 7), new(5, 9), new(9, 9)))]);

        Assert.NotEqual(new Vec3b(90, 90, 90), image.At<Vec3b>(2, 7));
    }

    [Fact]
    public void Draw_of_no_faces_changes_nothing_and_of_another_type_of_image_is_refused()
    {
        using Mat image = new(50, 50, MatType.CV_8UC3, Scalar.All(90));
        using Mat gray = new(50, 50, MatType.CV_8UC1);
        using Mat empty = new();

        FaceDrawing.Draw(image, []);

        Assert.Equal(Scalar.All(90 * 2500).Val0, image.Sum().Val0);
        Assert.Throws<ArgumentException>(() => FaceDrawing.Draw(gray, []));
        Assert.Throws<ArgumentException>(() => FaceDrawing.Draw(empty, []));
    }

    private static double Common(Rect first, Rect second)
    {
        Rect common = first & second;
        return (double)common.Width * common.Height;
    }
}
