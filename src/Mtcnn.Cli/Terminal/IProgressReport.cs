namespace Mtcnn.Cli.Terminal;

/// <summary>Where work tells how it goes, whether or not a progress bar is shown.</summary>
internal interface IProgressReport
{
    /// <summary>Tells how many steps are done so far.</summary>
    void Done(double steps);

    /// <summary>Writes a message to standard error, clear of the bar.</summary>
    void Say(string message);
}
