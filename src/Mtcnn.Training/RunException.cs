namespace Mtcnn.Training;

/// <summary>A run of training cannot go on as it is: a bad configuration, or a folder of another run. The message names the mend.</summary>
public sealed class RunException : Exception
{
    /// <summary>Creates an exception without a message of its own.</summary>
    public RunException()
        : this("The run cannot go on.")
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public RunException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public RunException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
