using System.Threading.Channels;
using CaffeSharp.Tests.Support;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Detection;

/// <summary>Detection on threads of the thread pool, of one image and of many.</summary>
public sealed class DetectBatchTests
{
    private static string Portrait => SharedFiles.Image("astronaut.png");
    private static string Pair => SharedFiles.Image("dlib-faces/2008_001322.jpg");
    private static readonly string Missing = Path.ChangeExtension(Portrait, ".missing.png");
    private static string Cat => SharedFiles.Image("chelsea.png");

    [Fact]
    public async Task DetectAsync_gives_the_same_faces_from_a_file_bytes_a_stream_and_a_Mat()
    {
        SharedFolder.RequireOriginals();
        FaceDetector detector = Detectors.Authors;
        byte[] encoded = await File.ReadAllBytesAsync(Portrait);
        using MemoryStream stream = new(encoded);
        using Mat image = ImageReader.Read(Portrait);
        IReadOnlyList<Face> expected = detector.Detect(image);

        Assert.Single(expected);
        Assert.Equal(expected, await detector.DetectAsync(Portrait));
        Assert.Equal(expected, await detector.DetectAsync(encoded));
        Assert.Equal(expected, await detector.DetectAsync(stream));
        Assert.Equal(expected, await detector.DetectAsync(image));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task DetectAsync_of_what_is_not_an_image_throws_as_Detect_does()
    {
        ImageException exception = await Assert.ThrowsAsync<ImageException>(() => Detectors.Authors.DetectAsync(Missing));

        Assert.Contains(Missing, exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => Detectors.Authors.DetectAsync(new Mat()));
    }

    [Fact]
    public async Task DetectAsync_when_it_is_cancelled_before_or_within_an_image_ends_and_harms_nothing()
    {
        using CancellationTokenSource within = new();
        CascadeProfile cancelling = CascadeProfile.Authors with
        {
            Rules = CascadeProfile.Authors.Rules with
            {
                Resample = (image, in what, planes) =>
                {
                    within.Cancel();
                    CascadeProfile.Authors.Rules.Resample(image, what, planes);
                },
            },
        };
        using FaceDetector detector = new(Detectors.Authors.Options with { Profile = cancelling });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => detector.DetectAsync(Portrait, new CancellationToken(canceled: true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => detector.DetectAsync(Portrait, within.Token));
        Assert.Equal(Detectors.Authors.Detect(Portrait), await detector.DetectAsync(Portrait));
    }

    [Fact]
    public async Task DetectBatchAsync_gives_the_results_in_order_and_what_went_wrong_in_its_place()
    {
        string[] paths = [Pair, SharedFiles.Image("truncated.jpg"), Portrait, Missing, Cat, Portrait];

        List<ImageFaces<string>> results = await Detectors.Authors.DetectBatchAsync(paths).ToListAsync();

        Assert.Equal(paths, results.Select(result => result.Image));
        Assert.Equal([null, typeof(ImageException), null, typeof(ImageException), null, null], results.Select(result => result.Error?.GetType()));
        Assert.All([0, 2, 4, 5], index => Assert.Equal(Detectors.Authors.Detect(paths[index]), results[index].Faces));
        Assert.All([1, 3], index => Assert.Empty(results[index].Faces));
    }

    [Fact]
    public async Task DetectBatchAsync_takes_few_images_ahead_of_the_results_and_stops_when_its_reader_does()
    {
        int taken = 0;
        IEnumerable<string> endless = Enumerable.Repeat(Cat, int.MaxValue).Select(path =>
        {
            taken++;
            return path;
        });

        await foreach (ImageFaces<string> result in Detectors.Authors.DetectBatchAsync(endless).Take(2))
        {
            Assert.Null(result.Error);
        }

        Assert.InRange(taken, 2, 4 + (5 * Math.Max(Environment.ProcessorCount, 1)));
    }

    [Fact]
    public async Task DetectBatchAsync_when_it_is_cancelled_ends_with_an_exception()
    {
        using CancellationTokenSource stop = new();
        int count = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ImageFaces<string> _ in Detectors.Authors.DetectBatchAsync(Enumerable.Repeat(Cat, int.MaxValue), stop.Token))
            {
                count++;
                await stop.CancelAsync();
            }
        });

        Assert.Equal(1, count);
    }

    [Fact]
    public async Task DetectBatchAsync_when_the_source_fails_gives_what_came_before_and_throws_what_it_threw()
    {
        IEnumerable<string> failing = new[] { Cat }.Concat(Enumerable.Range(0, 1).Select<int, string>(_ => throw new TimeoutException("The source is gone.")));
        int count = 0;

        TimeoutException exception = await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await foreach (ImageFaces<string> _ in Detectors.Authors.DetectBatchAsync(failing))
            {
                count++;
            }
        });

        Assert.Equal(1, count);
        Assert.Equal("The source is gone.", exception.Message);
    }

    [Fact]
    public async Task DetectBatchAsync_after_Dispose_is_an_exception()
    {
        FaceDetector detector = new(Detectors.Authors.Options);
        detector.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await detector.DetectBatchAsync([Cat]).ToListAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => detector.DetectAsync(Cat));
    }

    [Fact]
    public async Task DetectBatchAsync_between_channels_writes_each_result_as_it_is_due_and_completes_the_channel()
    {
        Channel<int> images = Channel.CreateUnbounded<int>();
        Channel<ImageFaces<int>> results = Channel.CreateBounded<ImageFaces<int>>(1);
        Task work = Detectors.Authors.DetectBatchAsync(images.Reader, OpenOdd, results.Writer);

        // A result is returned while the channel of images is still open.
        Assert.True(images.Writer.TryWrite(1));
        ImageFaces<int> first = await results.Reader.ReadAsync();
        Assert.True(images.Writer.TryWrite(2));
        images.Writer.Complete();
        List<ImageFaces<int>> rest = await results.Reader.ReadAllAsync().ToListAsync();
        await work;

        Assert.Equal(Detectors.Authors.Detect(Portrait), first.Faces);
        ImageFaces<int> second = Assert.Single(rest);
        Assert.Equal(2, second.Image);
        Assert.IsType<NotSupportedException>(second.Error);
    }

    [Fact]
    public async Task DetectBatchAsync_between_channels_when_the_source_fails_completes_the_results_with_the_failure()
    {
        Channel<int> images = Channel.CreateUnbounded<int>();
        Channel<ImageFaces<int>> results = Channel.CreateUnbounded<ImageFaces<int>>();
        images.Writer.Complete(new TimeoutException("The source is gone."));

        await Assert.ThrowsAsync<TimeoutException>(() => Detectors.Authors.DetectBatchAsync(images.Reader, OpenOdd, results.Writer));

        await Assert.ThrowsAsync<TimeoutException>(() => results.Reader.Completion);
    }

    private static Mat OpenOdd(int number) => number % 2 == 1 ? ImageReader.Read(Portrait) : throw new NotSupportedException("Even.");
}
