namespace CaffeSharp;

/// <summary>A view of a blob was used after the blob was reshaped, by hand or by its net, or its memory moved. Take a new
/// view from the blob.</summary>
public sealed class StaleBlobViewException : InvalidOperationException
{
    /// <summary>Makes an exception without its own message.</summary>
    public StaleBlobViewException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">Which blob, and its shape then and now.</param>
    public StaleBlobViewException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    /// <param name="message">Which blob, and its shape then and now.</param>
    /// <param name="innerException">The cause.</param>
    public StaleBlobViewException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
