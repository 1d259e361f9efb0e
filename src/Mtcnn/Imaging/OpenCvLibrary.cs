using OpenCvSharp;

namespace Mtcnn.Imaging;

/// <summary>Loads OpenCV's native library once, with words for the person whose machine lacks a part of it.</summary>
internal static class OpenCvLibrary
{
    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>Makes sure that OpenCV can be called.</summary>
    /// <exception cref="DllNotFoundException">The native library or one that it needs is missing.</exception>
    public static void EnsureLoaded() => _ = Loaded.Value;

    private static bool Load()
    {
        try
        {
            // OpenCV writes its own lines on standard error about images that it cannot decode; the exceptions here say it better.
            if (Cv2.GetLogLevel() is LogLevel.INFO or LogLevel.WARNING or LogLevel.ERROR)
            {
                Cv2.SetLogLevel(LogLevel.SILENT);
            }

            return true;
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            Exception cause = exception is TypeInitializationException { InnerException: { } inner } ? inner : exception;
            throw new DllNotFoundException(
                $"OpenCV could not be loaded: {cause.Message.Trim()} The native library of OpenCvSharp needs GTK 3 and libdrm; install them with: sudo apt-get install libgtk-3-0 libdrm2",
                cause);
        }
    }
}
