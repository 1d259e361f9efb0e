using CaffeSharp;

using Microsoft.Extensions.Logging;

namespace Mtcnn.Cli.Terminal;

/// <summary>Writes Caffe's log lines to standard error until it is disposed.</summary>
internal sealed class VerboseLog : IDisposable
{
    private readonly ILoggerFactory _factory = LoggerFactory.Create(logging => logging
        .SetMinimumLevel(LogLevel.Information)
        .AddSimpleConsole(console => console.SingleLine = true)
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));

    public VerboseLog() => CaffeRuntime.UseLogger(_factory.CreateLogger("caffe"), LogLevel.Information);

    public void Dispose()
    {
        CaffeRuntime.UseLogger(null);
        _factory.Dispose();
    }
}
