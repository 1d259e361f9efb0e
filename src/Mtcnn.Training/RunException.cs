namespace Mtcnn.Training;

/// <summary>A run of training cannot continue as it is: a bad configuration, or a folder of another run. The message names the fix.</summary>
public sealed class RunException : Exception
{
    /// <summary>Creates an exception without its own message.</summary>
    public RunException()
        : this("The run cannot continue.")
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
