using CaffeSharp.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mtcnn.Extensions.Tests.Support;

/// <summary>Keeps what is logged under the library's name.</summary>
internal sealed class RecordedLog : ILoggerProvider
{
    private readonly RecordingLogger _logger = new();

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<(LogLevel Level, string Text)> Lines => [.. _logger.Lines];

    public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("Mtcnn", StringComparison.Ordinal) ? _logger : NullLogger.Instance;

    public void Dispose()
    {
    }
}
