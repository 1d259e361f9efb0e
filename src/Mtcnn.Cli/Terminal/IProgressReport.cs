namespace Mtcnn.Cli.Terminal;

/// <summary>Receives the progress of an operation, with or without a progress bar.</summary>
internal interface IProgressReport
{
    /// <summary>Reports the number of completed steps.</summary>
    void Done(double steps);

    /// <summary>Writes a message to standard error without damaging the progress bar.</summary>
    void Say(string message);
}
