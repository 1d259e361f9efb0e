using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Compare;

/// <summary>
/// Locates a Python with pycaffe: the one that is named, the one in the environment variable CAFFESHARP_PYTHON, or the one
/// unpacked in a checkout above the program or the current folder.
/// </summary>
internal static class PycaffeLocation
{
    public const string Variable = "CAFFESHARP_PYTHON";

    private const string SetupScript = "tests/pycaffe/setup-prefix.sh";
    private const string Launcher = "build/pycaffe/python";

    /// <summary>How to get a Python with pycaffe, for messages.</summary>
    public static string HowToGet =>
        $"Name a Python that can import caffe with --python PATH or ${Variable}; in a checkout of mtcnn, {SetupScript} installs one.";

    /// <summary>Returns the path of the Python; null if it is not found. The Python is not run.</summary>
    public static string? Find(string? named)
    {
        if (named is not null)
        {
            return named;
        }

        return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } fromEnvironment
            ? fromEnvironment
            : Checkouts().Select(checkout => Path.Combine(checkout, Launcher)).FirstOrDefault(File.Exists);
    }

    /// <summary>
    /// Returns the path of the Python. If it is missing, the checkout's script downloads and unpacks one. Throws <see cref="CommandException"/>
    /// if there is no checkout, or if the script fails.
    /// </summary>
    public static async Task<string> FindOrSetUpAsync(string? named, CancellationToken stop)
    {
        if (Find(named) is { } found)
        {
            return found;
        }

        string checkout = Checkouts().FirstOrDefault() ?? throw new CommandException("pycaffe was not found.", HowToGet);
        string script = Path.Combine(checkout, SetupScript);
        ErrorReport.Line($"pycaffe is not installed yet; running {script}");
        ChildResult result = await ChildProcess.RunAsync(script, [], stop).ConfigureAwait(false);
        string launcher = Path.Combine(checkout, Launcher);
        return result.ExitCode == 0 && File.Exists(launcher)
            ? launcher
            : throw new CommandException(
                $"{script} could not set up pycaffe:\n{result.Errors.Trim()}",
                HowToGet);
    }

    private static IEnumerable<string> Checkouts() =>
        new[] { AppContext.BaseDirectory, Environment.CurrentDirectory }.SelectMany(FoldersUp).Where(folder => File.Exists(Path.Combine(folder, SetupScript)));

    private static IEnumerable<string> FoldersUp(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
