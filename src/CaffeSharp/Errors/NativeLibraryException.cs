namespace CaffeSharp;

/// <summary>The native half, libcaffesharp.so, could not be loaded or does not fit this assembly. The message lists every
/// path that was tried and why it did not do, what is missing, and the command that fixes it.</summary>
public sealed class NativeLibraryException : DllNotFoundException
{
    /// <summary>Makes an exception without its own message.</summary>
    public NativeLibraryException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What was tried and what fixes it.</param>
    public NativeLibraryException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    /// <param name="message">What was tried and what fixes it.</param>
    /// <param name="innerException">The cause.</param>
    public NativeLibraryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Every path that was tried, in order.</summary>
    public IReadOnlyList<string> TriedPaths { get; init; } = [];

    /// <summary>Shared libraries that libcaffesharp.so needs and the machine does not have, such as "liblmdb.so.0".</summary>
    public IReadOnlyList<string> MissingDependencies { get; init; } = [];
}
