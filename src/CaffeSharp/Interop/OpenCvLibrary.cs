using System.Runtime.InteropServices;
using OpenCvSharp;

namespace CaffeSharp.Interop;

/// <summary>OpenCvSharp's native library, loaded once, with words for the person whose machine lacks a part of it.</summary>
internal static class OpenCvLibrary
{
    private static readonly Lazy<bool> s_loaded = new(Load);

    /// <summary>Makes sure that OpenCV can be called.</summary>
    /// <exception cref="DllNotFoundException">The native library or one that it needs is missing.</exception>
    internal static void EnsureLoaded() => _ = s_loaded.Value;

    private static bool Load()
    {
        DesktopLibraries.Provide();
        // A program compiled ahead of time has no host that knows where the library lies. Once it is loaded, its name is enough.
        string beside = Path.Combine(AppContext.BaseDirectory, "libOpenCvSharpExtern.so");
        if (File.Exists(beside))
        {
            _ = NativeLibrary.TryLoad(beside, out _);
        }

        try
        {
            // OpenCV tells of bad files on standard error; exceptions say it better.
            if (Cv2.GetLogLevel() is LogLevel.INFO or LogLevel.WARNING or LogLevel.ERROR)
            {
                Cv2.SetLogLevel(LogLevel.SILENT);
            }

            return true;
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw new DllNotFoundException(ImageCodecBridge.Explain(error).Text, error);
        }
    }
}
