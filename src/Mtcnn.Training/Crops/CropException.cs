namespace Mtcnn.Training.Crops;

/// <summary>The exception that is thrown if crops cannot be created or read. The message names the file or folder, the error, and the fix.</summary>
public sealed class CropException : Exception
{
    /// <summary>Creates an exception without its own message.</summary>
    public CropException()
        : this("The crops cannot be created or read.")
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public CropException(string message)
        : this(message, innerException: null)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public CropException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
