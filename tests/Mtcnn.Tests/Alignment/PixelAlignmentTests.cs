using Mtcnn.Alignment;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Alignment;

/// <summary>Aligned faces and crops from raw pixels, compared with those from OpenCV.</summary>
public sealed class PixelAlignmentTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Align_of_pixels_gives_bit_for_bit_what_OpenCV_gives_wherever_the_face_is(int channels)
    {
        Random random = new(7 + channels);
        for (int i = 0; i < 120; i++)
        {
            using Mat image = new(random.Next(1, 260), random.Next(1, 260), MatType.CV_8UC(channels));
            Cv2.Randu(image, Scalar.All(0), Scalar.All(255));
            FaceAligner aligner = new(random.Next(1, 160), random.NextDouble() * (i % 3));
            double angle = random.NextDouble() * 2 * Math.PI;
            double scale = Math.Exp((random.NextDouble() * 4) - 2);
            SimilarityTransform moved = new(
                scale * Math.Cos(angle), scale * Math.Sin(angle), random.NextDouble() * image.Width, random.NextDouble() * image.Height);
            Landmarks landmarks = i == 0 ? aligner.Template : moved.Apply(aligner.Template);
            using AlignedMat expected = aligner.Align(image, landmarks);

            AlignedFace aligned = aligner.Align(image.AsView(), landmarks);

            using Mat actual = aligned.Image.ToMat();
            Assert.Equal(0, Cv2.Norm(expected.Image, actual, NormTypes.L1));
            Assert.Equal((expected.Transform, expected.Landmarks), (aligned.Transform, aligned.Landmarks));
        }
    }

    [Theory]
    [InlineData("obama.jpg", PixelFormat.Bgr24)]
    [InlineData("biden.jpg", PixelFormat.Rgba32)]
    public void Align_of_a_real_face_in_a_span_gives_the_pixels_that_a_Mat_gives(string name, PixelFormat format)
    {
        using Mat photo = ImageReader.Read(SharedFiles.Image(name));
        Landmarks landmarks = Detectors.Authors.Detect(photo)[0].Landmarks;
        using AlignedMat expected = new FaceAligner(112).Align(photo, landmarks);
        using Mat other = format == PixelFormat.Bgr24 ? photo.Clone() : photo.CvtColor(ColorConversionCodes.BGR2RGBA);
        byte[] pixels = PixelsOf(other);

        AlignedFace aligned = new FaceAligner(112).Align(pixels, other.Width, other.Height, (int)other.Step(), format, landmarks);

        using BgrImage bgr = BgrImage.Of(aligned.Image.AsView());
        using Mat actual = Mat.FromPixelData(112, 112, MatType.CV_8UC3, bgr.Origin, bgr.Stride);
        Assert.Equal(0, Cv2.Norm(expected.Image, actual, NormTypes.L1));
        Assert.Equal(format, aligned.Image.Format);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Crop_of_pixels_gives_what_a_Mat_gives_wherever_the_box_is(int channels)
    {
        Random random = new(channels);
        using Mat image = new(70, 90, MatType.CV_8UC(channels));
        Cv2.Randu(image, Scalar.All(0), Scalar.All(255));
        byte[] pixels = PixelsOf(image);
        FaceCropper cropper = new(margin: 0.3, square: true);
        for (int i = 0; i < 200; i++)
        {
            Box box = new Box(0, 0, random.Next(1, 120), random.Next(1, 120)).MovedBy(random.Next(-150, 120), random.Next(-150, 120));
            using Mat expected = cropper.Crop(image, box);

            PixelBuffer crop = cropper.Crop(pixels, image.Width, image.Height, (int)image.Step(), image.AsView().Format, box);

            using Mat actual = crop.ToMat();
            Assert.Equal(0, Cv2.Norm(expected, actual, NormTypes.L1));
        }
    }

    private static unsafe byte[] PixelsOf(Mat image) => new ReadOnlySpan<byte>((void*)image.Data, (int)(image.Step() * image.Height)).ToArray();
}
