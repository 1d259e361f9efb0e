using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mtcnn.Extensions;

/// <summary>Looks for faces in a small blank image, and at the queue.</summary>
internal sealed class MtcnnHealthCheck(IServiceProvider services) : IHealthCheck
{
    // A queue that is so full is likely to refuse images soon.
    private const double NearlyFull = 0.8;

    [SuppressMessage("Design", "CA1031", Justification = "Whatever keeps the detector from working is what the check is to tell.")]
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            FaceDetectionService service = services.GetRequiredService<FaceDetectionService>();
            await service.ProbeAsync(cancellationToken).ConfigureAwait(false);
            return Evaluate(service.Queue);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, failure.Message, failure);
        }
    }

    private static HealthCheckResult Evaluate(DetectionQueue queue)
    {
        int waiting = queue.Waiting;
        Dictionary<string, object> data = new()
        {
            ["running"] = queue.Running,
            ["running_at_most"] = queue.MaximumRunning,
            ["waiting"] = waiting,
            ["waiting_at_most"] = queue.MaximumWaiting,
        };
        return waiting > 0 && waiting >= NearlyFull * queue.MaximumWaiting
            ? HealthCheckResult.Degraded($"{waiting} images wait, and {queue.MaximumWaiting} may.", data: data)
            : HealthCheckResult.Healthy("The detector works.", data);
    }
}
