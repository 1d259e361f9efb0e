using System.Diagnostics.CodeAnalysis;
using System.Text;

using Microsoft.Win32.SafeHandles;

namespace Mtcnn.Cli.Terminal;

/// <summary>Standard output as a byte stream that throws an exception if the reader closes it.</summary>
internal static class StandardOutput
{
    private const int FileDescriptor = 1;

    // The HResult that .NET uses for EPIPE on Unix.
    private const int BrokenPipeErrno = 32;

    /// <summary>
    /// Opens standard output unbuffered. Throws <see cref="CommandException"/> if the process was started without standard output.
    /// </summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The handle is the process's own and stays open.")]
    public static Stream Open()
    {
        try
        {
            // The stream of Console ignores EPIPE, and `mtcnn ... | head` would not stop. A FileStream on a
            // regular file would write at its own offset and overwrite what other processes append, so files use the stream of Console.
            FileStream stream = new(new SafeFileHandle(FileDescriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return stream.CanSeek ? Console.OpenStandardOutput() : stream;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException(
                $"Standard output cannot be written: {failure.Message}", "Run the command with an open standard output.", failure);
        }
    }

    /// <summary>Opens standard output for UTF-8 text. Every line is flushed.</summary>
    public static TextWriter OpenText() =>
        new StreamWriter(Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    public static bool IsBrokenPipe(Exception failure) =>
        failure is IOException { HResult: BrokenPipeErrno }
        || (failure is IOException && failure.Message.StartsWith("Broken pipe", StringComparison.Ordinal));
}
