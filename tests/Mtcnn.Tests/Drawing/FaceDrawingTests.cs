using Mtcnn.Drawing;
using Mtcnn.Faces;
using OpenCvSharp;

namespace Mtcnn.Tests.Drawing;

public sealed class FaceDrawingTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(6000)]
    public void Draw_marks_the_box_and_the_landmarks_and_leaves_the_rest(int side)
    {
        using Mat image = new(side, side, MatType.CV_8UC3, new Scalar(90, 90, 90));

        FaceDrawing.Draw(image, [FaceIn(side)]);

        Vec3b background = new(90, 90, 90);
        Assert.NotEqual(background, image.At<Vec3b>((int)(0.5 * side), (int)(0.3 * side)));
        Assert.NotEqual(background, image.At<Vec3b>((int)(0.4 * side), (int)(0.42 * side)));
        Assert.NotEqual(background, image.At<Vec3b>((int)(0.5 * side), (int)(0.5 * side)));
        Assert.Equal(background, image.At<Vec3b>((int)(0.95 * side), (int)(0.95 * side)));
        Assert.Equal(background, image.At<Vec3b>((int)(0.65 * side), (int)(0.5 * side)));
    }

    [Fact]
    public void Draw_with_everything_off_changes_nothing()
    {
        using Mat image = new(200, 200, MatType.CV_8UC3, Scalar.All(0));

        FaceDrawing.Draw(image, [FaceIn(200)], new FaceDrawingOptions { Boxes = false, Labels = false, Landmarks = false });

        Assert.Equal(Scalar.All(0), image.Sum());
    }

    private static Face FaceIn(int side) => new(
        new Box(0.3 * side, 0.3 * side, 0.7 * side, 0.7 * side),
        0.98f,
        new Landmarks(
            new(0.42 * side, 0.4 * side), new(0.58 * side, 0.4 * side), new(0.5 * side, 0.5 * side), new(0.43 * side, 0.58 * side), new(0.57 * side, 0.58 * side)));
}
