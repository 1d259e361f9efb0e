using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mtcnn.Detection;
using Mtcnn.Extensions.Tests.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Extensions.Tests.Hosting;

/// <summary>The start and the end of a host.</summary>
public sealed class DetectorLifetimeTests
{
    [Fact]
    public async Task The_nets_are_warm_before_any_other_service_starts_whatever_the_order_of_registration()
    {
        using RecordedLog log = new();
        HostApplicationBuilder builder = ServiceHost.Empty();
        LogAtStart other = new(log);
        _ = builder.Services.AddSingleton<ILoggerProvider>(log).AddSingleton<IHostedService>(other)
            .AddMtcnn(options => (options.ModelsFolder, options.MaximumRunning, options.MaximumWaiting) = (ServiceHost.Models, 1, 9));
        using IHost host = builder.Build();

        await host.StartAsync();

        (LogLevel level, string message) = Assert.Single(other.Seen);
        Assert.Equal(LogLevel.Information, level);
        Assert.Matches("^The nets are loaded and warm after [0-9]+ ms: profile authors, Accelerated engine, cpu; 1 images at a time, 9 waiting at most.$", message);
    }

    [Fact]
    public async Task Stopping_waits_for_images_in_progress_and_for_those_that_wait_and_takes_no_more()
    {
        using IHost host = await ServiceHost.StartAsync(options => options.MaximumRunning = 1);
        IFaceDetectionService service = host.Detection();
        using HeldImage held = await HeldImage.HoldAsync(service);
        Task<DetectedFaces> waiting = service.DetectAsync(SharedFiles.Image("obama.jpg"));

        Task stop = host.StopAsync();
        Exception? refused = await UntilRefusedAsync(service, stop);
        Assert.False(stop.IsCompleted);
        held.GoOn();
        await stop;

        Assert.True(waiting.IsCompletedSuccessfully);
        Assert.Equal(Expected.In("obama.jpg"), (await waiting).Faces);
        Assert.Equal(Expected.In("astronaut.png"), (await held.Result).Faces);
        _ = Assert.IsType<ObjectDisposedException>(refused);
    }

    [Fact]
    public async Task Stopping_when_time_runs_out_says_what_was_left_and_disposing_ends_the_waiting_ones()
    {
        using RecordedLog log = new();
        IHost host = await ServiceHost.StartAsync(options => options.MaximumRunning = 1, services => services.AddSingleton<ILoggerProvider>(log));
        IFaceDetectionService service = host.Detection();
        FaceDetector detector = host.Services.GetRequiredService<FaceDetector>();
        using HeldImage held = await HeldImage.HoldAsync(service);
        Task<DetectedFaces> waiting = service.DetectAsync(SharedFiles.Image("obama.jpg"));

        await host.StopAsync(new CancellationToken(canceled: true));
        host.Dispose();

        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        _ = Assert.Throws<ObjectDisposedException>(() => detector.Detect(SharedFiles.Image("obama.jpg")));
        Assert.Contains((LogLevel.Warning, "2 images were not done when the time for stopping had run out."), log.Lines);
        held.GoOn();
        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => held.Result);
    }

    [Fact]
    public async Task Disposing_in_the_middle_gives_every_caller_faces_or_the_word_that_it_is_over()
    {
        IHost host = await ServiceHost.StartAsync(options => options.MaximumRunning = 1);
        IFaceDetectionService service = host.Detection();
        Task<DetectedFaces>[] callers = [.. Enumerable.Range(0, 20).Select(_ => service.DetectAsync(SharedFiles.Image("astronaut.png")))];
        _ = await callers[0];

        host.Dispose();

        foreach (Task<DetectedFaces> caller in callers)
        {
            if (await Record.ExceptionAsync(() => caller) is { } ended)
            {
                _ = Assert.IsType<ObjectDisposedException>(ended);
            }
            else
            {
                Assert.Equal(Expected.In("astronaut.png"), (await caller).Faces);
            }
        }

        Assert.Contains(callers, caller => caller.IsFaulted);
    }

    [Fact]
    public async Task Several_hosts_of_one_process_have_a_detector_each()
    {
        using IHost first = await ServiceHost.StartAsync();
        using (IHost second = await ServiceHost.StartAsync(options => options.MaximumFaces = 1))
        {
            _ = Assert.Single((await second.Detection().DetectAsync(SharedFiles.Image("obama_and_biden.jpg"))).Faces);
            await second.StopAsync();
        }

        Assert.Equal(Expected.In("obama_and_biden.jpg"), (await first.Detection().DetectAsync(SharedFiles.Image("obama_and_biden.jpg"))).Faces);
    }

    private static async Task<Exception?> UntilRefusedAsync(IFaceDetectionService service, Task stop)
    {
        while (!stop.IsCompleted)
        {
            // Canceled at once, so that those that are still let in leave nothing to do.
            using CancellationTokenSource end = new();
            Task<DetectedFaces> tried = service.DetectAsync(SharedFiles.Image("obama.jpg"), end.Token);
            await end.CancelAsync();
            if (await Record.ExceptionAsync(() => tried) is { } failure and not OperationCanceledException)
            {
                return failure;
            }

            await Task.Delay(5);
        }

        return null;
    }

    private sealed class LogAtStart(RecordedLog log) : IHostedService
    {
        public IReadOnlyList<(LogLevel Level, string Text)> Seen { get; private set; } = [];

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Seen = log.Lines;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
