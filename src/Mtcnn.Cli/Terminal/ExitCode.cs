namespace Mtcnn.Cli.Terminal;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>All was well.</summary>
    public const int Success = 0;

    /// <summary>Some images failed, a check did not hold, a difference was too large.</summary>
    public const int Failure = 1;

    /// <summary>Bad usage, missing or corrupt models, an output that cannot be written: nothing, or not all, was tried.</summary>
    public const int Unusable = 2;

    /// <summary>The reader of standard output went away: 128 + SIGPIPE, as a shell reports it.</summary>
    public const int BrokenPipe = 141;

    /// <summary>128 + the signal's number, as a shell reports it.</summary>
    public static int OfSignal(int signal) => 128 + signal;
}
