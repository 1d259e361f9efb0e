namespace Mtcnn.Models;

/// <summary>Weights are missing, corrupt, of another network, or could not be fetched. The message names the file and the fix.</summary>
public sealed class ModelException : Exception
{
    /// <summary>Creates an exception without its own message.</summary>
    public ModelException()
        : this("The weights of a network cannot be used.")
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public ModelException(string message)
        : this(message, innerException: null)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public ModelException(string message, Exception? innerException)
        : this(ModelErrorKind.Corrupt, message, path: null, innerException)
    {
    }

    /// <summary>Creates an exception about one file.</summary>
    /// <param name="kind">What is wrong.</param>
    /// <param name="message">A message that can be read on its own.</param>
    /// <param name="path">The file, if it is about one.</param>
    /// <param name="innerException">The cause, if there is another exception.</param>
    public ModelException(ModelErrorKind kind, string message, string? path = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        Path = path;
    }

    /// <summary>What is wrong.</summary>
    public ModelErrorKind Kind { get; }

    /// <summary>The file that it is about; null if none was found.</summary>
    public string? Path { get; }
}
