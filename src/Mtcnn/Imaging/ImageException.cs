namespace Mtcnn.Imaging;

/// <summary>An image could not be read. The message names the image, says what is wrong with it and what to do.</summary>
public sealed class ImageException : Exception
{
    /// <summary>Creates an exception without its own message.</summary>
    public ImageException()
        : this("The image could not be read.")
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public ImageException(string message)
        : this(message, innerException: null)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public ImageException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates an exception about one image.</summary>
    /// <param name="kind">What is wrong.</param>
    /// <param name="source">The path as the caller gave it, or words like "the stream".</param>
    /// <param name="problem">What is wrong and what fixes it, in words that follow <paramref name="source"/> and a colon.</param>
    /// <param name="innerException">The cause, if there is another exception.</param>
    internal ImageException(ImageErrorKind kind, ImageSource source, string problem, Exception? innerException = null)
        : base($"{source.Name}: {problem}", innerException)
    {
        Kind = kind;
        Path = source.Path;
    }

    /// <summary>What is wrong with the image.</summary>
    public ImageErrorKind Kind { get; } = ImageErrorKind.Damaged;

    /// <summary>The file, as the caller named it; null if the image came from memory or a stream.</summary>
    public string? Path { get; }
}
