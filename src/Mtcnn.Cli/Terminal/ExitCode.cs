namespace Mtcnn.Cli.Terminal;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    /// <summary>Success.</summary>
    public const int Success = 0;

    /// <summary>Some images failed, a check failed, or a difference was too large.</summary>
    public const int Failure = 1;

    /// <summary>Invalid arguments, missing or corrupt models, or an output that cannot be written. Some or all images were not processed.</summary>
    public const int Unusable = 2;

    /// <summary>The reader closed standard output: 128 + SIGPIPE, as shells report it.</summary>
    public const int BrokenPipe = 141;

    /// <summary>A signal ended the process: 128 + the signal's number, as shells report it.</summary>
    public static int OfSignal(int signal) => 128 + signal;
}
