using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CaffeSharp.Interop;
using Microsoft.Extensions.Logging;

namespace CaffeSharp;

/// <summary>Carries the native half's log lines to an <see cref="ILogger"/>.</summary>
internal static partial class LogBridge
{
    private static readonly Lock s_gate = new();
    private static volatile ILogger? s_logger;
    private static LogLevel s_minimum = LogLevel.None;

    /// <summary>Takes effect at once where the library is loaded, else when it is.</summary>
    internal static void Use(ILogger? logger, LogLevel minimum)
    {
        lock (s_gate)
        {
            s_logger = logger;
            s_minimum = minimum;
        }

        if (NativeLibraryLoader.IsLoaded)
        {
            Install();
        }
    }

    /// <summary>Tells the library, which must be loaded, what to send.</summary>
    internal static unsafe void Install()
    {
        lock (s_gate)
        {
            bool silent = s_logger is null || s_minimum == LogLevel.None;
            RuntimeNative.caffe_runtime_set_log_callback(
                silent ? null : &OnLine, 0, (int)(silent ? CaffeLogSeverity.None : Severity(s_minimum))).ThrowIfFailed();
        }
    }

    private static CaffeLogSeverity Severity(LogLevel level) => level switch
    {
        LogLevel.Warning => CaffeLogSeverity.Warning,
        LogLevel.Error or LogLevel.Critical => CaffeLogSeverity.Error,
        LogLevel.None => CaffeLogSeverity.None,
        _ => CaffeLogSeverity.Info,
    };

    private static LogLevel Level(CaffeLogSeverity severity) => severity switch
    {
        CaffeLogSeverity.Info => LogLevel.Information,
        CaffeLogSeverity.Warning => LogLevel.Warning,
        _ => LogLevel.Error,
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
#pragma warning disable CA1031 // Nothing managed may be thrown through native frames, and a log line is not worth a run.
    private static unsafe void OnLine(int severity, byte* file, int line, byte* message, nint userData)
    {
        try
        {
            LogLevel level = Level((CaffeLogSeverity)severity);
            if (s_logger is { } logger && logger.IsEnabled(level))
            {
                string text = UnownedStringMarshaller.ConvertToManaged(message).TrimEnd();
                string sourceFile = UnownedStringMarshaller.ConvertToManaged(file);
                Line(logger, level, text, sourceFile, line);
            }
        }
        catch (Exception)
        {
        }
    }

    /// <summary>Logs a failure of this half that cannot be reported otherwise.</summary>
    internal static void Error(string text)
    {
        try
        {
            if (s_logger is { } logger && s_minimum <= LogLevel.Error && logger.IsEnabled(LogLevel.Error))
            {
                Failure(logger, LogLevel.Error, text);
            }
        }
        catch (Exception)
        {
        }
    }
#pragma warning restore CA1031

    [LoggerMessage(Message = "{Message} ({File}:{Line})")]
    private static partial void Line(ILogger logger, LogLevel level, string message, string file, int line);

    [LoggerMessage(Message = "{Message}")]
    private static partial void Failure(ILogger logger, LogLevel level, string message);
}
