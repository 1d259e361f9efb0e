namespace Mtcnn.Training.Annotations;

/// <summary>Annotations cannot be read. The message names the file, the place in it, and what is wrong.</summary>
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
