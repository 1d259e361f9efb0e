using Mtcnn.Alignment;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Alignment;

public sealed class FaceAlignerTests
{
    [Theory]
    [InlineData("astronaut.png")]
    [InlineData("obama.jpg")]
    [InlineData("biden.jpg")]
    public void Align_of_a_real_face_puts_eyes_nose_and_mouth_where_the_template_has_them(string name)
    {
        using Mat photo = ImageReader.Read(SharedFiles.Image(name));
        FaceAligner aligner = new(size: 224, margin: 0.5);
        using AlignedMat aligned = aligner.Align(photo, Detectors.Refining.Detect(photo)[0].Landmarks);

        // Detects the face again in the aligned image, where the usual crop is the middle 112 pixels.
        Landmarks found = Detectors.Refining.Detect(aligned.Image)[0].Landmarks;

        Assert.Equal((224, 224), (aligned.Image.Width, aligned.Image.Height));
        Assert.InRange(Distance(found.LeftEye, aligner.Template.LeftEye), 0, 4);
        Assert.InRange(Distance(found.RightEye, aligner.Template.RightEye), 0, 4);

        // No rotation and scale maps the wide mouth of a smile onto the template's mouth.
        Assert.All(found.ToArray().Zip(aligner.Template.ToArray()), pair => Assert.InRange(Distance(pair.First, pair.Second), 0, 8));
        Assert.InRange(Math.Abs(found.LeftEye.Y - found.RightEye.Y), 0, 4);
        Assert.All(found.ToArray().Zip(aligned.Landmarks.ToArray()), pair => Assert.InRange(Distance(pair.First, pair.Second), 0, 4));
    }

    [Fact]
    public void TransformOf_the_template_turned_scaled_and_moved_takes_it_back()
    {
        FaceAligner aligner = new();
        SimilarityTransform away = new(2 * Math.Cos(0.7), 2 * Math.Sin(0.7), 300, -40);

        SimilarityTransform back = aligner.TransformOf(away.Apply(aligner.Template));

        Assert.Equal(0.5, back.Scale, 9);
        Assert.Equal(-0.7, back.Angle, 9);
        Assert.Equal(38.2946, back.Apply(away.Apply(new ImagePoint(38.2946, 51.6963))).X, 9);
    }

    [Fact]
    public void Landmarks_that_coincide_are_refused()
    {
        ImagePoint same = new(5, 5);

        Assert.ThrowsAny<ArgumentException>(() => new FaceAligner().TransformOf(new Landmarks(same, same, same, same, same)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FaceAligner(size: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FaceAligner(margin: -0.1));
    }

    [Fact]
    public void Crop_with_a_margin_is_larger_by_it_and_black_outside_the_image()
    {
        using Mat white = new(100, 100, MatType.CV_8UC3, Scalar.All(255));

        using Mat crop = new FaceCropper(margin: 0.5).Crop(white, new Box(0, 10, 40, 60));

        Assert.InRange(crop.Width, 79, 82);
        Assert.InRange(crop.Height, 99, 102);
        Assert.Equal(new Vec3b(0, 0, 0), crop.At<Vec3b>(50, 0));
        Assert.Equal(new Vec3b(255, 255, 255), crop.At<Vec3b>(50, 40));
    }

    private static double Distance(ImagePoint first, ImagePoint second) => Math.Sqrt(Math.Pow(first.X - second.X, 2) + Math.Pow(first.Y - second.Y, 2));
}
