using System.Diagnostics.CodeAnalysis;
using System.Text;

using Microsoft.Win32.SafeHandles;

namespace Mtcnn.Cli.Terminal;

/// <summary>Standard output as bytes, on which a reader that went away is an exception.</summary>
internal static class StandardOutput
{
    private const int FileDescriptor = 1;

    // EPIPE, as .NET puts it into HResult on Unix.
    private const int BrokenPipeErrno = 32;

    /// <summary>
    /// Opens standard output unbuffered. Throws <see cref="CommandException"/> where the process was started without one.
    /// </summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The handle is the process's own and stays open.")]
    public static Stream Open()
    {
        try
        {
            // Console's own stream swallows EPIPE, and `mtcnn ... | head` would work on for nobody. A FileStream on a
            // regular file would write at its own offset and overwrite what others append, so files keep Console's.
            FileStream stream = new(new SafeFileHandle(FileDescriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return stream.CanSeek ? Console.OpenStandardOutput() : stream;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException(
                $"Standard output cannot be written: {failure.Message}", "Run the command with an open standard output.", failure);
        }
    }

    /// <summary>The same for text, as UTF-8; every line goes out at once.</summary>
    public static TextWriter OpenText() =>
        new StreamWriter(Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    public static bool IsBrokenPipe(Exception failure) =>
        failure is IOException { HResult: BrokenPipeErrno }
        || (failure is IOException && failure.Message.StartsWith("Broken pipe", StringComparison.Ordinal));
}
