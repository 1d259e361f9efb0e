using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using OpenCvSharp;

namespace CaffeSharp.Imaging;

/// <summary>The native library of OpenCvSharp, loaded once, with an error that says what is missing. Members may be called from any
/// thread.</summary>
public static partial class OpenCvLibrary
{
    private const string Name = "OpenCvSharpExtern";

    private static readonly Lazy<bool> s_loaded = new(Load);

    /// <summary>Loads OpenCV, which otherwise is loaded at the first image that CaffeSharp or Mtcnn reads. Call it before OpenCvSharp is
    /// used directly on a machine without GTK 3 (docs/native-loading.md). It also silences OpenCV's own log, which writes about bad files
    /// to standard error.</summary>
    /// <exception cref="DllNotFoundException">The native library or one that it needs is missing; the message names it.</exception>
    public static void EnsureLoaded() => _ = s_loaded.Value;

    /// <summary>What to do about an exception of OpenCvSharp whose native library cannot be loaded.</summary>
    internal static string Explain(Exception error)
    {
        string reason = error.GetBaseException().Message;
        string[] needed = [.. NotFound().Matches(reason).Select(match => Path.GetFileName(match.Groups["name"].Value))
            .Where(name => !name.Contains(Name, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
        return "OpenCV, which reads images, cannot be loaded: " + (needed.Length > 0
            ? $"it needs {string.Join(", ", needed)}, which this machine does not have. Install what is missing: sudo apt-get install libgtk-3-0 libdrm2"
            : $"{reason.Split(". ")[0].Trim()}. Add the package OpenCvSharp4.official.runtime.linux-x64 to the program");
    }

    private static bool Load()
    {
        // Stand-ins only where the library cannot be loaded as it is.
        if (!TryLoad())
        {
            DesktopLibraries.Provide();
            _ = TryLoad();
        }

        try
        {
            // OpenCV writes about bad files to standard error; exceptions replace that.
            if (Cv2.GetLogLevel() is LogLevel.INFO or LogLevel.WARNING or LogLevel.ERROR)
            {
                Cv2.SetLogLevel(LogLevel.SILENT);
            }

            return true;
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw new DllNotFoundException(Explain(error), error);
        }
    }

    /// <summary>Loads it from where OpenCvSharp's imports look. In a program compiled ahead of time those do not look beside the program,
    /// but find what is loaded.</summary>
    private static bool TryLoad()
    {
        string beside = Path.Combine(AppContext.BaseDirectory, $"lib{Name}.so");
        return (File.Exists(beside) && NativeLibrary.TryLoad(beside, out _))
            || NativeLibrary.TryLoad(Name, typeof(Mat).Assembly, searchPath: null, out _);
    }

    [GeneratedRegex(@"^\s*(?<name>\S+): cannot open shared object file", RegexOptions.Multiline)]
    private static partial Regex NotFound();
}
