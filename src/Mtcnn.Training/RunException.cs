namespace Mtcnn.Training;

/// <summary>The exception that is thrown if a training run cannot start or continue, for example because its configuration is invalid or its folder belongs to another run. The message says how to fix it.</summary>
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
