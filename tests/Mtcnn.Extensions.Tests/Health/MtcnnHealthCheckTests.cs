using CaffeSharp.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Mtcnn.Detection;
using Mtcnn.Extensions.Tests.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Extensions.Tests.Health;

/// <summary>What a health check says.</summary>
public sealed class MtcnnHealthCheckTests
{
    [Fact]
    public async Task A_detector_that_works_is_healthy()
    {
        using IHost host = await ServiceHost.StartAsync(more: AddCheck);

        HealthReportEntry entry = await CheckAsync(host);

        Assert.Equal((HealthStatus.Healthy, "The detector works."), (entry.Status, entry.Description));
        Assert.Equal(0, entry.Data["waiting"]);
        Assert.Equal(64, entry.Data["waiting_at_most"]);
        Assert.Equal(["ready"], entry.Tags);
    }

    [Fact]
    public async Task A_queue_that_is_nearly_full_is_degraded_until_it_empties()
    {
        using IHost host = await ServiceHost.StartAsync(ServiceHost.OneAtATime(waiting: 5), AddCheck);
        IFaceDetectionService service = host.Detection();
        using HeldImage held = await HeldImage.HoldAsync(service);
        List<Task> waiting = [.. Enumerable.Range(0, 3).Select(_ => service.DetectAsync(SharedFiles.Image("obama.jpg")))];
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);

        waiting.Add(service.DetectAsync(SharedFiles.Image("obama.jpg")));
        HealthReportEntry full = await CheckAsync(host);
        held.GoOn();
        await Task.WhenAll(waiting);

        Assert.Equal((HealthStatus.Degraded, "4 images wait, and 5 may."), (full.Status, full.Description));
        Assert.Equal(1, full.Data["running"]);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task A_detector_that_is_gone_is_unhealthy()
    {
        using IHost host = await ServiceHost.StartAsync(more: AddCheck);
        host.Services.GetRequiredService<FaceDetector>().Dispose();

        HealthReportEntry entry = await CheckAsync(host);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        _ = Assert.IsType<ObjectDisposedException>(entry.Exception);
    }

    [Fact]
    public async Task A_detector_that_cannot_be_made_is_unhealthy_and_says_why()
    {
        using TemporaryFolder empty = new();
        await using ServiceProvider provider = new ServiceCollection()
            .AddMtcnn(options => options.ModelsFolder = empty.Path)
            .AddHealthChecks().AddMtcnn(failureStatus: HealthStatus.Degraded).Services
            .BuildServiceProvider();

        HealthReport report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Degraded, report.Entries["mtcnn"].Status);
        Assert.Contains("mtcnn models fetch", report.Entries["mtcnn"].Description, StringComparison.Ordinal);
    }

    private static void AddCheck(IServiceCollection services) => services.AddHealthChecks().AddMtcnn(tags: ["ready"]);

    private static async Task<HealthReportEntry> CheckAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["mtcnn"];
}
