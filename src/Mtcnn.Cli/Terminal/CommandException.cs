using System.Diagnostics.CodeAnalysis;

namespace Mtcnn.Cli.Terminal;

/// <summary>A mistake of the user or a lack of the machine, in words: what is wrong, and where known what fixes it.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Without a message it would say nothing.")]
internal sealed class CommandException : Exception
{
    public CommandException(string message, string? fix = null, Exception? innerException = null)
        : base(message, innerException) => Fix = fix;

    /// <summary>What to do about it, as a sentence or a command; null where the message says all.</summary>
    public string? Fix { get; }
}
