using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mtcnn.Extensions;

/// <summary>
/// Has the nets loaded and warm before any other service of the host starts, a web server among them, and waits for the last images after all
/// others have stopped.
/// </summary>
internal sealed class DetectorLifetime(IServiceProvider services) : IHostedLifecycleService
{
    private FaceDetectionService? _service;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();

        // The container makes the detector where it is asked for, and that reads files.
        _service = await Task.Run(services.GetRequiredService<FaceDetectionService>, cancellationToken).ConfigureAwait(false);
        await _service.WarmUpAsync(began, cancellationToken).ConfigureAwait(false);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => _service?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
