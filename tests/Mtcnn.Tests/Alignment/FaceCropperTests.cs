using Mtcnn.Alignment;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Alignment;

public sealed class FaceCropperTests
{
    [Theory]
    [InlineData(0.0, false, 10, 20, 40, 60)]
    [InlineData(0.5, false, -10, -10, 80, 120)]
    [InlineData(0.0, true, 0, 20, 60, 60)]
    [InlineData(0.25, true, -15, 5, 90, 90)]
    public void RegionOf_a_box_grows_by_the_margin_and_about_its_centre(double margin, bool square, int left, int top, int width, int height) =>
        Assert.Equal(new PixelRect(left, top, width, height), new FaceCropper(margin, square).RegionOf(new Box(10, 20, 50, 80)));

    [Fact]
    public void RegionOf_a_square_is_square_wherever_its_edges_lie()
    {
        FaceCropper cropper = new(0.1, square: true);

        Assert.All(
            Enumerable.Range(0, 100).Select(step => cropper.RegionOf(new Box(0.013 * step, 0.37 * step, 33.3 + (0.1 * step), 40))),
            region => Assert.Equal(region.Width, region.Height));
    }

    [Fact]
    public void Crop_of_a_face_shows_the_photos_own_pixels()
    {
        using Mat photo = ImageReader.Read(SharedFiles.Image("astronaut.png"));

        using Mat crop = new FaceCropper(margin: 0.2).Crop(photo, Detectors.Authors.Detect(photo)[0].Box);

        PixelRect region = new FaceCropper(margin: 0.2).RegionOf(Detectors.Authors.Detect(photo)[0].Box);
        using Mat part = photo.SubMat(new Rect(region.X, region.Y, region.Width, region.Height));
        Assert.Equal(0, Cv2.Norm(part, crop, NormTypes.L1));
        Assert.Single(Detectors.Authors.Detect(crop));
    }

    [Fact]
    public void Crop_of_a_box_wholly_outside_is_black()
    {
        using Mat white = new(50, 50, MatType.CV_8UC3, Scalar.All(255));

        using Mat crop = new FaceCropper().Crop(white, new Box(-40, 100, -10, 140));

        Assert.Equal((30, 40), (crop.Width, crop.Height));
        Assert.Equal(0, Cv2.Norm(crop, NormTypes.L1));
    }

    [Theory]
    [InlineData(5, 5, 5, 9)]
    [InlineData(9, 5, 5, 9)]
    [InlineData(double.NaN, 0, 5, 5)]
    [InlineData(0, 0, double.PositiveInfinity, 5)]
    [InlineData(0, 0, 1e6, 1e6)]
    [InlineData(1e300, 0, 2e300, 5)]
    public void Crop_of_an_invalid_box_is_refused(double left, double top, double right, double bottom)
    {
        using Mat white = new(50, 50, MatType.CV_8UC3, Scalar.All(255));

        ArgumentException error = Assert.Throws<ArgumentException>(() => new FaceCropper().Crop(white, new Box(left, top, right, bottom)));

        Assert.Contains("cannot be cropped", error.Message, StringComparison.Ordinal);
    }
}
