using System.Diagnostics.CodeAnalysis;

namespace Mtcnn.Cli.Terminal;

/// <summary>An error that the user can fix: invalid arguments, or something that is missing on the machine. The message says what is wrong.</summary>
[SuppressMessage("Design", "CA1032", Justification = "The exception requires a message.")]
internal sealed class CommandException : Exception
{
    public CommandException(string message, string? fix = null, Exception? innerException = null)
        : base(message, innerException) => Fix = fix;

    /// <summary>How to fix it, as a sentence or a command; null if the message is sufficient.</summary>
    public string? Fix { get; }
}
