using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mtcnn.Extensions.Tests.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Extensions.Tests.Detection;

/// <summary>Who waits, who is refused.</summary>
public sealed class DetectionQueueTests
{
    [Fact]
    public async Task DetectAsync_when_the_queue_is_full_is_refused_and_those_who_were_let_in_get_their_faces()
    {
        using RecordedLog log = new();
        using IHost host = await ServiceHost.StartAsync(ServiceHost.OneAtATime(waiting: 2), services => services.AddSingleton<ILoggerProvider>(log));
        IFaceDetectionService service = host.Detection();
        using HeldImage held = await HeldImage.HoldAsync(service);
        Task<DetectedFaces> first = service.DetectAsync(SharedFiles.Image("obama.jpg"));
        Task<DetectedFaces> second = service.DetectAsync(SharedFiles.Image("biden.jpg"));

        DetectionQueueFullException[] refused =
        [
            await Assert.ThrowsAsync<DetectionQueueFullException>(() => service.DetectAsync(SharedFiles.Image("astronaut.png"))),
            await Assert.ThrowsAsync<DetectionQueueFullException>(() => service.DetectAsync(SharedFiles.Image("astronaut.png"))),
        ];
        Assert.False(first.IsCompleted);
        held.GoOn();

        Assert.Equal(Expected.In("astronaut.png"), (await held.Result).Faces);
        Assert.Equal(Expected.In("obama.jpg"), (await first).Faces);
        Assert.Equal(Expected.In("biden.jpg"), (await second).Faces);
        Assert.All(refused, one => Assert.Equal("2 images wait already, which is the most that MaximumWaiting allows. Try again in 1 s.", one.Message));
        Assert.All(refused, one => Assert.Equal(TimeSpan.FromSeconds(1), one.RetryAfter));
        Assert.Single(log.Lines, line => line.Level == LogLevel.Warning);
        Assert.NotEmpty((await service.DetectAsync(SharedFiles.Image("astronaut.png"))).Faces);
    }

    [Fact]
    public async Task DetectAsync_when_nobody_may_wait_is_refused_while_an_image_is_in_progress()
    {
        using IHost host = await ServiceHost.StartAsync(ServiceHost.OneAtATime(waiting: 0));
        IFaceDetectionService service = host.Detection();
        using HeldImage held = await HeldImage.HoldAsync(service);

        _ = await Assert.ThrowsAsync<DetectionQueueFullException>(() => service.DetectAsync(SharedFiles.Image("obama.jpg")));
    }

    [Fact]
    public async Task Turns_are_given_in_the_order_in_which_callers_came()
    {
        using DetectionQueue queue = new(maximumRunning: 1, maximumWaiting: 10);
        await queue.EnterAsync(ofStream: false, default);
        Task[] callers = [.. Enumerable.Range(0, 10).Select(caller => queue.EnterAsync(ofStream: caller % 3 == 0, default))];

        for (int next = 0; next < callers.Length; next++)
        {
            Assert.All(callers[next..], caller => Assert.False(caller.IsCompleted));
            queue.Leave(duration: null);
            Assert.Same(callers[next], await Task.WhenAny(callers[next..]));
        }
    }

    [Fact]
    public async Task DetectAsync_that_is_canceled_while_it_waits_gives_its_place_to_another()
    {
        using IHost host = await ServiceHost.StartAsync(ServiceHost.OneAtATime(waiting: 1));
        IFaceDetectionService service = host.Detection();
        using HeldImage held = await HeldImage.HoldAsync(service);
        using CancellationTokenSource end = new();
        Task<DetectedFaces> waiting = service.DetectAsync(SharedFiles.Image("obama.jpg"), end.Token);
        _ = await Assert.ThrowsAsync<DetectionQueueFullException>(() => service.DetectAsync(SharedFiles.Image("biden.jpg")));

        await end.CancelAsync();

        OperationCanceledException canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(end.Token, canceled.CancellationToken);
        Task<DetectedFaces> next = service.DetectAsync(SharedFiles.Image("biden.jpg"));
        held.GoOn();
        Assert.Equal(Expected.In("biden.jpg"), (await next).Faces);
    }

    [Fact]
    public async Task DetectAsync_with_a_token_that_is_canceled_already_does_nothing()
    {
        using IHost host = await ServiceHost.StartAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => host.Detection().DetectAsync(SharedFiles.Image("astronaut.png"), new CancellationToken(canceled: true)));
        Assert.Equal(0, host.Services.GetRequiredService<FaceDetectionService>().Queue.Inside);
    }

    [Fact]
    public async Task RetryAfter_is_how_long_the_last_images_took_times_those_before_this_one()
    {
        using DetectionQueue queue = new(maximumRunning: 2, maximumWaiting: 3);
        await queue.EnterAsync(ofStream: false, default);
        queue.Leave(TimeSpan.FromSeconds(4));
        Task[] inside = [.. Enumerable.Range(0, 5).Select(_ => queue.EnterAsync(ofStream: false, default))];

        DetectionQueueFullException refused = await Assert.ThrowsAsync<DetectionQueueFullException>(() => queue.EnterAsync(ofStream: false, default));

        // Five images of four seconds on two places, and this one beside them.
        Assert.Equal(TimeSpan.FromSeconds(12), refused.RetryAfter);
        Assert.Equal((2, 3, 5), (queue.Running, queue.Waiting, queue.Inside));
        queue.Dispose();
        Assert.All(inside[..2], one => Assert.True(one.IsCompletedSuccessfully));
        foreach (Task one in inside[2..])
        {
            _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => one);
        }
    }
}
