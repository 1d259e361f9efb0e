using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Detection;

/// <summary>Detection in raw pixels, and the asynchronous methods of the detector.</summary>
public sealed class DetectPixelsTests
{
    private static FaceDetector Detector => Detectors.Authors;

    [Theory]
    [InlineData(PixelFormat.Gray8, ColorConversionCodes.BGR2GRAY)]
    [InlineData(PixelFormat.Rgb24, ColorConversionCodes.BGR2RGB)]
    [InlineData(PixelFormat.Bgra32, ColorConversionCodes.BGR2BGRA)]
    [InlineData(PixelFormat.Rgba32, ColorConversionCodes.BGR2RGBA)]
    public async Task Pixels_of_every_format_give_the_faces_that_a_Mat_of_the_same_image_gives(PixelFormat format, ColorConversionCodes code)
    {
        using Mat photo = ImageReader.Read(SharedFiles.Image("dlib-faces/2008_001322.jpg"));
        using Mat other = photo.CvtColor(code);
        byte[] pixels = PixelsOf(other);
        ImageView view = new(pixels, other.Width, other.Height, (int)other.Step(), format);
        using Mat equal = format == PixelFormat.Gray8 ? other.CvtColor(ColorConversionCodes.GRAY2BGR) : photo.Clone();
        IReadOnlyList<Face> expected = Detector.Detect(equal);

        Assert.True(expected.Count > 1);
        Assert.Equal(expected, Detector.Detect(pixels, other.Width, other.Height, (int)other.Step(), format));
        Assert.Equal(expected, Detector.Detect(view));
        Assert.Equal(expected, await Detector.DetectAsync(view));
        Assert.Equal(expected, Detector.DetectWithStages(pixels, other.Width, other.Height, (int)other.Step(), format).Faces);
    }

    [Fact]
    public async Task Everything_that_detects_gives_the_same_asynchronously_and_takes_the_token_right_after_the_image()
    {
        using Mat photo = ImageReader.Read(SharedFiles.Image("astronaut.png"));
        using Mat rgb = photo.CvtColor(ColorConversionCodes.BGR2RGB);
        ImageView view = photo.AsView();
        using CancellationTokenSource source = new();
        CancellationToken token = source.Token;
        IReadOnlyList<Face> expected = Detector.Detect(photo);
        Box[] near = [expected[0].Box];
        IReadOnlyList<Face> again = Detector.DetectNear(photo, near);
        CascadeResult stages = Detector.DetectWithStages(photo);

        Assert.Equal(expected, await Detector.DetectAsync(photo, token));
        Assert.Equal(expected, await Detector.DetectAsync(rgb, ChannelOrder.Rgb, token));
        Assert.Equal(expected, await Detector.DetectAsync(view, token));
        Assert.Equal(again, Detector.DetectNear(PixelsOf(photo), photo.Width, photo.Height, (int)photo.Step(), PixelFormat.Bgr24, near));
        Assert.Equal(again, await Detector.DetectNearAsync(photo, near, token));
        Assert.Equal(again, await Detector.DetectNearAsync(rgb, near, ChannelOrder.Rgb, token));
        Assert.Equal(again, await Detector.DetectNearAsync(view, near, token));
        Assert.Equal(stages.Refined, (await Detector.DetectWithStagesAsync(photo, token)).Refined);
        Assert.Equal(stages.Refined, (await Detector.DetectWithStagesAsync(rgb, ChannelOrder.Rgb, token)).Refined);
        Assert.Equal(stages.Faces, (await Detector.DetectWithStagesAsync(view, token)).Faces);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Detector.DetectAsync(photo, token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Detector.DetectNearAsync(view, near, token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Detector.DetectWithStagesAsync(rgb, ChannelOrder.Rgb, token));
    }

    [Fact]
    public async Task Image_that_is_opened_for_the_detector_is_disposed_once_whether_detection_works_or_not()
    {
        using Mat photo = ImageReader.Read(SharedFiles.Image("astronaut.png"));
        using OwnedView opened = new(photo.AsView());
        using OwnedView stopped = new(photo.AsView());
        using CancellationTokenSource source = new();

        IReadOnlyList<Face> faces = await Detector.DetectAsync("photo", _ => opened);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Detector.DetectAsync(
            "photo",
            _ =>
            {
                source.Cancel();
                return stopped;
            },
            source.Token));
        await Assert.ThrowsAsync<TimeoutException>(() => Detector.DetectAsync<string>("photo", _ => throw new TimeoutException()));

        Assert.Equal(Detector.Detect(photo), faces);
        Assert.Equal((1, 1), (opened.Disposals, stopped.Disposals));
    }

    [Fact]
    public async Task Mat_that_is_disposed_when_its_turn_comes_is_an_exception()
    {
        Mat photo = ImageReader.Read(SharedFiles.Image("astronaut.png"));
        photo.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Detector.Detect(photo));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Detector.DetectAsync(photo));
    }

    private static unsafe byte[] PixelsOf(Mat image) => new ReadOnlySpan<byte>((void*)image.Data, (int)(image.Step() * image.Height)).ToArray();

    private sealed class OwnedView(ImageView image) : IImageOwner
    {
        public int Disposals { get; private set; }

        public ImageView Image => image;

        public void Dispose() => Disposals++;
    }
}
