using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CaffeSharp.Tests.Support;

/// <summary>A logger that keeps what it is given.</summary>
internal sealed class RecordingLogger : ILogger
{
    internal ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, formatter(state, exception)));
}
