using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenCvSharp;

namespace CaffeSharp.Interop;

/// <summary>Where Caffe's layers have pictures decoded, encoded and resized, on any thread: by <see cref="ImageCodec"/>.
/// Whatever it throws goes back as a status and a reason; the thread that reads ahead has no caller to throw to.</summary>
internal static unsafe class ImageCodecBridge
{
    /// <summary>Tells the library, which must be loaded, where to call. OpenCV itself is loaded at the first picture.</summary>
    internal static void Install() =>
        ImageNative.caffe_image_set_codec("OpenCvSharp", &Decode, &Encode, &Resize).ThrowIfFailed();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Decode(byte* bytes, long length, int flags, nint result, byte* message, int capacity, int* status) =>
        *status = Guard(() => ImageCodec.Decode(bytes, length, flags, result), message, capacity);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Encode(NativeImage* image, byte* extension, nint result, byte* message, int capacity, int* status) =>
        *status = Guard(
            () => ImageCodec.Encode(*image, BorrowedStringMarshaller.ConvertToManaged(extension), result), message, capacity);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Resize(NativeImage* from, NativeImage* to, int interpolation, byte* message, int capacity, int* status) =>
        *status = Guard(() => ImageCodec.Resize(*from, *to, interpolation), message, capacity);

    private static int Guard(Action work, byte* message, int capacity)
    {
#pragma warning disable CA1031 // Nothing managed may be thrown through native frames.
        try
        {
            work();
            return (int)CaffeStatus.Ok;
        }
        catch (Exception error)
        {
            (CaffeStatus status, string text) = Explain(error);
            KeptException.Write(text, message, capacity);
            return (int)status;
        }
#pragma warning restore CA1031
    }

    /// <summary>What the layer's exception says of a picture that failed with this.</summary>
    internal static (CaffeStatus Status, string Text) Explain(Exception error) => error switch
    {
        InvalidDataException => (CaffeStatus.ErrorFormat, error.Message),
        OutOfMemoryException => (CaffeStatus.ErrorOutOfMemory, "memory ran out"),
        TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or FileNotFoundException =>
            (CaffeStatus.ErrorUnsupported, LibraryIsMissing(error)),
        _ when IsOfOpenCv(error) => (CaffeStatus.ErrorFormat, $"OpenCV says: {error.Message}"),
        _ => (CaffeStatus.ErrorInternal, $"{error.GetType()}: {error.Message}"),
    };

    private static string LibraryIsMissing(Exception error)
    {
        string reason = error.GetBaseException().Message;
        string[] needed = [.. MissingDependencies.InListing(reason)
            .Select(Path.GetFileName).OfType<string>()
            .Where(name => !name.Contains("OpenCvSharpExtern", StringComparison.Ordinal))];
        return "OpenCV, which reads pictures, cannot be loaded: " + (needed.Length > 0
            ? $"it needs {string.Join(", ", needed)}, which this machine does not have. Install what is missing: sudo apt-get install libgtk-3-0 libdrm2, or add the package CaffeSharp.Runtime.linux-x64, which has stand-ins"
            : $"{reason.Split(". ")[0].Trim()}. Add the package OpenCvSharp4.official.runtime.linux-x64 to the program");
    }

    // A method of its own: the type is of the assembly that may be what is missing.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsOfOpenCv(Exception error) => error is OpenCVException;
}
