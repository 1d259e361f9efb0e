namespace Mtcnn.Training.Annotations;

/// <summary>The exception that is thrown if annotations cannot be read. The message names the file, the line, and the error.</summary>
public sealed class AnnotationException : Exception
{
    /// <summary>Creates an exception without its own message.</summary>
    public AnnotationException()
        : this("The annotations cannot be read.")
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public AnnotationException(string message)
        : this(message, innerException: null)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public AnnotationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
