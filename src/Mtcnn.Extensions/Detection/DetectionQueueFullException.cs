namespace Mtcnn.Extensions;

/// <summary>As many callers wait for a detection as may. Nothing was done; the same image may be tried again later.</summary>
public sealed class DetectionQueueFullException : Exception
{
    /// <summary>Creates an exception without its own message.</summary>
    public DetectionQueueFullException()
        : this("The queue of images is full.")
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public DetectionQueueFullException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public DetectionQueueFullException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates an exception that says when to try again.</summary>
    /// <param name="message">A message that can be read on its own.</param>
    /// <param name="retryAfter">See <see cref="RetryAfter"/>.</param>
    public DetectionQueueFullException(string message, TimeSpan retryAfter)
        : base(message) => RetryAfter = retryAfter;

    /// <summary>
    /// When the images before this one are likely to be done, by how long the last ones took: whole seconds, at least one, as the HTTP header
    /// Retry-After has it.
    /// </summary>
    public TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);
}
