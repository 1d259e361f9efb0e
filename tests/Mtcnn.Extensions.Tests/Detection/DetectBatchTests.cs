using CaffeSharp.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mtcnn.Detection;
using Mtcnn.Extensions.Tests.Support;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;

namespace Mtcnn.Extensions.Tests.Detection;

/// <summary>Streams of images.</summary>
public sealed class DetectBatchTests
{
    private static readonly string[] Names = ["obama_and_biden.jpg", "astronaut.png", "obama.jpg", "biden.jpg"];

    [Fact]
    public async Task DetectBatchAsync_gives_images_of_different_sizes_in_order_with_a_bad_ones_error_in_its_place()
    {
        SharedFolder.RequireOriginals();
        using IHost host = await ServiceHost.StartAsync();
        string[] images = [.. Names, "truncated.jpg", .. Names];

        ImageFaces<string>[] results = await host.Detection()
            .DetectBatchAsync(images.ToAsyncEnumerable(), name => ImageReader.Read(SharedFiles.Image(name)))
            .ToArrayAsync();

        Assert.Equal(images, results.Select(result => result.Image));
        Assert.Equal(ImageErrorKind.Truncated, Assert.IsType<ImageException>(results[Names.Length].Error).Kind);
        Assert.All(results.Where(result => result.Error is null), result => Assert.Equal(Expected.In(result.Image), result.Faces));
        Assert.Equal(Names.Length * 2, results.Count(result => result.Error is null));
    }

    [Fact]
    public async Task DetectBatchAsync_is_never_refused_and_takes_no_callers_place()
    {
        using IHost host = await ServiceHost.StartAsync(ServiceHost.OneAtATime(waiting: 1));
        IFaceDetectionService service = host.Detection();
        using HeldImage held = await HeldImage.HoldAsync(service);

        Task<ImageFaces<string>[]> stream = service
            .DetectBatchAsync(Names.ToAsyncEnumerable(), name => ImageReader.Read(SharedFiles.Image(name)))
            .ToArrayAsync().AsTask();
        Task<DetectedFaces> caller = service.DetectAsync(SharedFiles.Image("obama.jpg"));
        held.GoOn();

        Assert.Equal(Expected.In("obama.jpg"), (await caller).Faces);
        Assert.Equal(Names, (await stream).Select(result => result.Image));
        Assert.All(await stream, result => Assert.Equal(Expected.In(result.Image), result.Faces));
    }

    [Fact]
    public async Task DetectBatchAsync_reads_an_endless_stream_a_few_images_ahead_and_ends_when_it_is_left()
    {
        using IHost host = await ServiceHost.StartAsync(options => options.MaximumRunning = 1);
        int read = 0;
        int given = 0;

        await foreach (ImageFaces<int> result in host.Detection().DetectBatchAsync(Endless(), number => ImageReader.Read(SharedFiles.Image("biden.jpg"))))
        {
            Assert.Equal(given, result.Image);

            // Two ahead in the queue of results, one more whose result waits for its place there, and the one in hand.
            Assert.InRange(Volatile.Read(ref read), given + 1, given + 4);
            if (++given == 10)
            {
                break;
            }
        }

        Assert.Equal(10, given);
        Assert.Equal(0, host.Services.GetRequiredService<FaceDetectionService>().Queue.Inside);

        async IAsyncEnumerable<int> Endless()
        {
            while (true)
            {
                await Task.Yield();
                yield return Interlocked.Increment(ref read) - 1;
            }
        }
    }

    [Fact]
    public async Task DetectBatchAsync_when_canceled_throws_and_leaves_nothing_behind()
    {
        using IHost host = await ServiceHost.StartAsync();
        using CancellationTokenSource end = new();
        IAsyncEnumerable<ImageFaces<string>> results = host.Detection().DetectBatchAsync(
            Enumerable.Repeat("astronaut.png", 1000).ToAsyncEnumerable(), name => ImageReader.Read(SharedFiles.Image(name)), end.Token);

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ImageFaces<string> result in results)
            {
                await end.CancelAsync();
            }
        });

        Assert.Equal(0, host.Services.GetRequiredService<FaceDetectionService>().Queue.Inside);
    }
}
