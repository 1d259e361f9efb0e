using Mtcnn.Samples.Service;

namespace Mtcnn.Samples;

/// <summary>The service of the folder Service, started by name.</summary>
internal static class ServiceSample
{
    /// <summary>Takes the service's settings, and serves until shutdown.</summary>
    /// <returns>Whether it started.</returns>
    internal static bool Run(IReadOnlyList<string> arguments, TextWriter output) => ServiceApplication.RunAsync([.. arguments]).GetAwaiter().GetResult() == 0;
}
