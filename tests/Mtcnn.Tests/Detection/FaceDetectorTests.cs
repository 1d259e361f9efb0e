using CaffeSharp.Tests.Support;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Detection;

public sealed class FaceDetectorTests
{
    private static string Group => SharedFiles.Image("dlib-faces/2008_002470.jpg");

    [Fact]
    public void Detect_gives_the_same_faces_from_a_file_bytes_a_stream_a_Mat_and_pixels()
    {
        SharedFolder.RequireOriginals();
        string path = SharedFiles.Image("astronaut.png");
        byte[] encoded = File.ReadAllBytes(path);
        using MemoryStream stream = new(encoded);
        using Mat image = Cv2.ImRead(path);
        using Mat rgba = new();
        Cv2.CvtColor(image, rgba, ColorConversionCodes.BGR2RGBA);
        Assert.True(rgba.GetArray(out Vec4b[] pixels));
        FaceDetector detector = Detectors.Authors;

        IReadOnlyList<Face> expected = detector.Detect(path);

        Face face = Assert.Single(expected);
        Assert.InRange(face.Box.Left, 178.7, 178.9);
        Assert.Equal(expected, detector.Detect(encoded));
        Assert.Equal(expected, detector.Detect(stream));
        Assert.Equal(expected, detector.Detect(image));
        Assert.Equal(expected, detector.Detect(rgba, ChannelOrder.Rgb));
        Assert.Equal(
            expected, detector.Detect(System.Runtime.InteropServices.MemoryMarshal.AsBytes<Vec4b>(pixels), 512, 512, 4 * 512, PixelFormat.Rgba32));
    }

    [Theory]
    [InlineData("authors", 1, 1)]
    [InlineData("authors", 11, 11)]
    [InlineData("authors", 12, 12)]
    [InlineData("authors", 1, 5000)]
    [InlineData("authors", 5000, 1)]
    [InlineData("authors", 21, 4000)]
    [InlineData("mtcnn-caffe", 1, 1)]
    [InlineData("mtcnn-caffe", 11, 11)]
    [InlineData("mtcnn-caffe", 1, 5000)]
    [InlineData("mtcnn-caffe", 12, 3000)]
    public void Detect_in_a_tiny_or_thin_image_finds_nothing(string profile, int width, int height)
    {
        using Mat noise = Noise(width, height);

        Assert.Empty(Detectors.Of(profile).Detect(noise));
    }

    [Fact]
    public void Detect_in_an_image_without_a_face_finds_nothing()
    {
        using Mat gray = new(300, 400, MatType.CV_8UC1, Scalar.All(127));

        Assert.Empty(Detectors.Authors.Detect(gray));
        Assert.Empty(Detectors.MtcnnCaffe.Detect(gray));
    }

    [Fact]
    public void Detect_with_a_minimum_face_leaves_smaller_faces_out_and_with_a_maximum_face_larger_ones()
    {
        string crowd = SharedFiles.Image("dlib-faces/bald_guys.jpg");
        IReadOnlyList<Face> all = Detectors.Authors.Detect(crowd);
        double middle = all.Select(Side).Order().ElementAt(all.Count / 2);
        using FaceDetector large = new(Detectors.Authors.Options with { MinimumFace = middle });
        using FaceDetector small = new(Detectors.Authors.Options with { MaximumFace = middle });

        IReadOnlyList<Face> largeFaces = large.Detect(crowd);
        IReadOnlyList<Face> smallFaces = small.Detect(crowd);

        Assert.InRange(largeFaces.Count, 1, all.Count - 1);
        Assert.InRange(smallFaces.Count, 1, all.Count - 1);
        Assert.All(largeFaces, face => Assert.InRange(Side(face), middle * 0.5, double.MaxValue));
        Assert.All(smallFaces, face => Assert.InRange(Side(face), 0, middle));
    }

    [Fact]
    public void Detect_with_a_selection_gives_the_face_that_is_asked_for()
    {
        IReadOnlyList<Face> all = Detectors.Authors.Detect(Group);
        using Mat image = ImageReader.Read(Group);
        ImagePoint middle = new(image.Width / 2.0, image.Height / 2.0);

        Assert.True(all.Count > 3);
        Assert.Equal(all.OrderByDescending(face => face.Score), all);
        Assert.Equal([all.MaxBy(face => face.Box.Area)!], DetectGroup(new FaceDetectorOptions { Selection = FaceSelection.Largest }));
        Assert.Equal([all[0]], DetectGroup(new FaceDetectorOptions { Selection = FaceSelection.MostProbable }));
        Assert.Equal([all.MinBy(face => face.Box.Center.DistanceTo(middle))!], DetectGroup(new FaceDetectorOptions { Selection = FaceSelection.MostCentral }));
        Assert.Equal(all.Take(2), DetectGroup(new FaceDetectorOptions { MaximumFaces = 2 }));
        Assert.Equal(
            all.OrderByDescending(face => face.Box.Area).Take(3), DetectGroup(new FaceDetectorOptions { MaximumFaces = 3, Selection = FaceSelection.Largest }));
    }

    [Fact]
    public void Detect_with_a_higher_threshold_gives_only_faces_that_reach_it()
    {
        IReadOnlyList<Face> all = Detectors.Authors.Detect(Group);
        double threshold = all.Select(face => face.Score).Order().ElementAt(all.Count / 2);

        IReadOnlyList<Face> sure = DetectGroup(new FaceDetectorOptions { Thresholds = new Thresholds(0.6, 0.7, threshold) });

        Assert.Equal(all.Count(face => face.Score >= threshold), sure.Count);
    }

    [Fact]
    public void Options_out_of_range_are_refused_with_their_name_and_range()
    {
        AssertRefused(new FaceDetectorOptions { MinimumFace = 5.9 }, "MinimumFace is at least 6 pixels.");
        AssertRefused(new FaceDetectorOptions { MinimumFace = double.NaN }, "MinimumFace is at least 6 pixels.");
        AssertRefused(new FaceDetectorOptions { MinimumFace = double.PositiveInfinity }, "MinimumFace is at least 6 pixels.");
        AssertRefused(new FaceDetectorOptions { MaximumFace = 0 }, "MaximumFace is above 0 pixels.");
        AssertRefused(new FaceDetectorOptions { MinimumFace = 50, MaximumFace = 40 }, "MaximumFace is not below MinimumFace (50).");
        AssertRefused(new FaceDetectorOptions { PyramidFactor = 1 }, "PyramidFactor is above 0 and at most 0.95.");
        AssertRefused(new FaceDetectorOptions { PyramidFactor = 0 }, "PyramidFactor is above 0 and at most 0.95.");
        AssertRefused(new FaceDetectorOptions { MaximumFaces = 0 }, "MaximumFaces is at least 1.");
        AssertRefused(new FaceDetectorOptions { Selection = (FaceSelection)9 }, "Selection is one of All, Largest, MostProbable, MostCentral.");
        AssertRefused(new FaceDetectorOptions { Thresholds = new Thresholds(0.6, 1.1, 0.7) }, "The threshold Refinement is a probability from 0 to 1.");
        AssertRefused(
            new FaceDetectorOptions { RefineLandmarks = true, Models = Detectors.Models with { Landmarks = null } },
            "RefineLandmarks needs the fourth net, and Models names no file for it.");
    }

    [Fact]
    public void Parse_of_an_unknown_profile_lists_the_profiles()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => CascadeProfile.Parse("auhtors"));

        Assert.StartsWith("There is no profile \"auhtors\". The profiles are authors and mtcnn-caffe.", exception.Message, StringComparison.Ordinal);
        Assert.Same(CascadeProfile.MtcnnCaffe, CascadeProfile.Parse("MTCNN-Caffe"));
    }

    [Fact]
    public void Detect_after_Dispose_is_an_exception()
    {
        FaceDetector detector = new(new FaceDetectorOptions { Models = Detectors.Models });
        detector.Dispose();
        detector.Dispose();

        ObjectDisposedException exception = Assert.Throws<ObjectDisposedException>(() => detector.Detect(Group));
        Assert.Equal(typeof(FaceDetector).FullName, exception.ObjectName);
    }

    [Fact]
    public async Task Dispose_while_threads_detect_lets_them_end()
    {
        FaceDetector detector = new(new FaceDetectorOptions { Models = Detectors.Models });
        int expected = detector.Detect(Group).Count;
        Task<int>[] tasks = [.. Enumerable.Range(0, 6).Select(_ => Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return detector.Detect(Group).Count;
                }
                catch (ObjectDisposedException)
                {
                    return -1;
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        await Task.Delay(50);

        detector.Dispose();

        Assert.All(await Task.WhenAll(tasks), count => Assert.True(count == expected || count == -1, $"{count} faces"));
    }

    [Fact]
    public async Task Detect_on_eight_threads_gives_the_same_faces_as_on_one()
    {
        string[] paths = [Group, SharedFiles.Image("astronaut.png"), SharedFiles.Image("obama_and_biden.jpg"), SharedFiles.Image("chelsea.png")];
        IReadOnlyList<Face>[] expected = Array.ConvertAll(paths, Detectors.Authors.Detect);

        Task<IReadOnlyList<Face>[]>[] tasks = [.. Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () => Array.ConvertAll(paths, Detectors.Authors.Detect), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];

        Assert.All(await Task.WhenAll(tasks), faces => Assert.Equal(expected, faces));
    }

    private static IReadOnlyList<Face> DetectGroup(FaceDetectorOptions options)
    {
        using FaceDetector detector = new(options with { Models = Detectors.Models });
        return detector.Detect(Group);
    }

    private static void AssertRefused(FaceDetectorOptions options, string message)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() =>
        {
            using FaceDetector detector = new(options);
        });
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    private static double Side(Face face) => Math.Max(face.Box.Width, face.Box.Height);

    private static Mat Noise(int width, int height)
    {
        Mat noise = new(height, width, MatType.CV_8UC3);
        Cv2.Randu(noise, Scalar.All(0), Scalar.All(255));
        return noise;
    }
}
