using Microsoft.Extensions.Logging;

namespace CaffeSharp.Tests.Support;

/// <summary>A logger that fails, and counts how often.</summary>
internal sealed class ThrowingLogger : ILogger
{
    internal int Calls { get; private set; }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Calls++;
        throw new InvalidOperationException("The logger fails.");
    }
}
