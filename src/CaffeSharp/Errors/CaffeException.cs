namespace CaffeSharp;

/// <summary>A failure that Caffe, or the layer around it, reported. Its message is readable on its own and names the file,
/// layer, blob or shape it is about; the properties hold the same for programs.</summary>
public sealed class CaffeException : Exception
{
    /// <summary>Makes an exception of kind <see cref="CaffeErrorKind.Internal"/> without its own message.</summary>
    public CaffeException()
    {
    }

    /// <summary>Makes an exception of kind <see cref="CaffeErrorKind.Internal"/>.</summary>
    /// <param name="message">What went wrong.</param>
    public CaffeException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception of kind <see cref="CaffeErrorKind.Internal"/> with its cause.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">The cause.</param>
    public CaffeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What went wrong, for a caller who decides by it.</summary>
    public CaffeErrorKind Kind { get; init; }

    /// <summary>The layer it is about; null if it is about none.</summary>
    public string? LayerName { get; init; }

    /// <summary>The blob it is about; null if it is about none.</summary>
    public string? BlobName { get; init; }

    /// <summary>The prototxt, weights or other file it is about, as it was given; null if it is about none.</summary>
    public string? Path { get; init; }

    /// <summary>The line in <see cref="Path"/>, counted from 1; null if unknown.</summary>
    public int? Line { get; init; }

    /// <summary>The column in <see cref="Path"/>, counted from 1; null if unknown.</summary>
    public int? Column { get; init; }

    /// <summary>The C++ file that raised it; null if unknown.</summary>
    public string? SourceFile { get; init; }

    /// <summary>The line in <see cref="SourceFile"/>; null if unknown.</summary>
    public int? SourceLine { get; init; }
}
