using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mtcnn.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health of face detection to an application's.</summary>
public static class MtcnnHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that looks for faces in a small blank image: healthy where that works, degraded where four fifths of the callers that may wait do, and
    /// <paramref name="failureStatus"/> where the detector cannot be made or fails. <c>AddMtcnn</c> of the services must be called too.
    /// </summary>
    /// <param name="builder">The application's checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What a failure is reported as; null for unhealthy.</param>
    /// <param name="tags">By which checks are chosen, for example "ready".</param>
    /// <param name="timeout">How long it may take, under load too, before it counts as failed; null for no limit.</param>
    public static IHealthChecksBuilder AddMtcnn(
        this IHealthChecksBuilder builder,
        string name = "mtcnn",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, services => new MtcnnHealthCheck(services), failureStatus, tags, timeout));
    }
}
