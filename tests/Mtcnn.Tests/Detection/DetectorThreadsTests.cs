using Mtcnn.Cascade.Profiles;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Detection;

/// <summary>One image on several threads.</summary>
public sealed class DetectorThreadsTests
{
    [Theory]
    [InlineData("authors")]
    [InlineData("mtcnn-caffe")]
    public void Detect_gives_the_same_boxes_and_numbers_whatever_the_number_of_threads(string profile)
    {
        using Mat crowd = ImageReader.Read(SharedFiles.Image("dlib-faces/2008_002470.jpg"));
        CascadeResult expected = DetectOn(1, profile, crowd);

        Assert.NotEmpty(expected.Faces);
        Assert.All([2, 5], threads =>
        {
            CascadeResult result = DetectOn(threads, profile, crowd);
            Assert.Equal(expected.Proposed, result.Proposed);
            Assert.Equal(expected.Refined, result.Refined);
            Assert.Equal(expected.Output, result.Output);
            Assert.Equal(expected.Faces, result.Faces);
        });
    }

    [Fact]
    public async Task Detect_on_several_threads_each_of_which_may_use_several_gives_the_same_faces()
    {
        string path = SharedFiles.Image("obama_and_biden.jpg");
        IReadOnlyList<Face> expected = Detectors.Authors.Detect(path);
        using FaceDetector detector = new(Detectors.Authors.Options with { Threads = 4 });

        IReadOnlyList<Face>[] results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => detector.Detect(path))));

        Assert.All(results, faces => Assert.Equal(expected, faces));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    public void Threads_out_of_range_are_refused(int threads)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(new FaceDetectorOptions { Threads = threads }.Validate);

        Assert.StartsWith("Threads is from 1 to 1024.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_when_a_network_fails_on_several_threads_throws_what_it_threw()
    {
        CascadeProfile broken = CascadeProfile.Authors with
        {
            Rules = CascadeProfile.Authors.Rules with { Resample = (_, in _, _) => throw new InvalidOperationException("No pixels today.") },
        };
        using FaceDetector detector = new(Detectors.Authors.Options with { Profile = broken, Threads = 3 });
        using Mat image = new(200, 200, MatType.CV_8UC3, Scalar.Black);

        Assert.Equal("No pixels today.", Assert.Throws<InvalidOperationException>(() => detector.Detect(image)).Message);
        Assert.Equal("No pixels today.", Assert.Throws<InvalidOperationException>(() => detector.Detect(image)).Message);
    }

    private static CascadeResult DetectOn(int threads, string profile, Mat image)
    {
        using FaceDetector detector = new(Detectors.Of(profile).Options with { Threads = threads, RefineLandmarks = true });
        return detector.DetectWithStages(image);
    }
}
