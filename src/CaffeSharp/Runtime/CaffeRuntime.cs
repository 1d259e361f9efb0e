using CaffeSharp.Interop;
using Microsoft.Extensions.Logging;

namespace CaffeSharp;

/// <summary>The Caffe of this process: which library it is, what it can do, what it logs and how much it may hold. Every
/// member may be used from any thread; those that ask Caffe load the native half first.</summary>
public static class CaffeRuntime
{
    private static long s_blobMemoryLimit;

    /// <summary>The native half, libcaffesharp.so, or the folder it lies in; null, the default, lets it be looked for: the
    /// environment variable CAFFESHARP_LIBRARY, beside the program, in runtimes/linux-x64/native, in the packages, and where the system
    /// looks. Where a place is named, no other is tried.</summary>
    /// <exception cref="InvalidOperationException">It is set after the library was loaded.</exception>
    /// <exception cref="ArgumentException">It is set to an empty path.</exception>
    public static string? NativeLibraryPath
    {
        get => NativeLibraryLoader.ConfiguredPath;
        set => NativeLibraryLoader.ConfiguredPath = value;
    }

    /// <summary>The file the native half was loaded from.</summary>
    /// <exception cref="NativeLibraryException">It cannot be loaded.</exception>
    public static string NativeLibraryFile => NativeLibraryLoader.Library.Path;

    /// <summary>What decodes, encodes and resizes images for Caffe's layers and for encoded Datums. Null, the default, is the codec of the
    /// package CaffeSharp.Imaging where the program refers to it; without it, an image is a <see cref="CaffeException"/> of kind
    /// <see cref="CaffeErrorKind.Unsupported"/> that names the package.</summary>
    public static IImageCodec? ImageCodec
    {
        get => ImageCodecs.Registered;
        set => ImageCodecs.Registered = value;
    }

    /// <summary>How the native half was built.</summary>
    /// <exception cref="NativeLibraryException">It cannot be loaded.</exception>
    public static CaffeBuildInfo BuildInfo
    {
        get
        {
            return BuildInfoReader.Read();
        }
    }

    /// <summary>The layer types that can stand in a prototxt, sorted; those of a user's own Caffe are among them.</summary>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static IReadOnlyList<string> LayerTypes
    {
        get
        {
            RuntimeNative.caffe_runtime_layer_type_count(out int count).ThrowIfFailed();
            string[] types = new string[count];
            for (int index = 0; index < count; index++)
            {
                RuntimeNative.caffe_runtime_layer_type(index, out types[index]).ThrowIfFailed();
            }

            return types;
        }
    }

    /// <summary>The highest instruction set that this processor and the native half have.</summary>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static InstructionSet InstructionSet
    {
        get
        {
            EngineNative.caffe_engine_best_instruction_set(out int set).ThrowIfFailed();
            return (InstructionSet)set;
        }
    }

    /// <summary>CUDA devices that can be used; 0 for a CPU build or on a machine without one.</summary>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static int DeviceCount
    {
        get
        {
            RuntimeNative.caffe_runtime_device_count(out int count).ThrowIfFailed();
            return count;
        }
    }

    /// <summary>How many threads compute at a time in this process: the one budget that nets, solvers, detectors, the BLAS and the threads of
    /// data layers draw from. Who finds no place free sleeps until it is its turn. The default is <see cref="Environment.ProcessorCount"/>,
    /// which knows CPU limits of containers and the processors that the process may use. Results do not depend on it, except where
    /// <see cref="BlasThreads"/> is more than 1. May be set until the first net, solver or detector is made; reading it loads nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to less than 1.</exception>
    /// <exception cref="InvalidOperationException">It is set to another number after something has computed.</exception>
    public static int Threads
    {
        get => ThreadBudget.Size;
        set => ThreadBudget.Size = value;
    }

    /// <summary>Threads that the BLAS uses for one call, in the whole process; at least 1, and 0 if the BLAS does not
    /// say. 1 is best where several nets run at once: a pass of <see cref="Engine.Caffe"/> takes a place of <see cref="Threads"/> for each.
    /// The default is <see cref="Threads"/>, or fewer where the BLAS begins with fewer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to less than 1 or more than <see cref="Threads"/>.</exception>
    /// <exception cref="CaffeException">The BLAS cannot be configured (<see cref="CaffeErrorKind.Unsupported"/>).</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static int BlasThreads
    {
        get
        {
            RuntimeNative.caffe_runtime_get_blas_threads(out int threads).ThrowIfFailed();
            return threads;
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Threads);
            RuntimeNative.caffe_runtime_set_blas_threads(value).ThrowIfFailed();
        }
    }

    /// <summary>Bytes of host memory that Caffe holds for blobs and the accelerated engine to work in, in the whole process.</summary>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static long BlobMemory
    {
        get
        {
            RuntimeNative.caffe_runtime_memory_used(out long bytes).ThrowIfFailed();
            return bytes;
        }
    }

    /// <summary>How large <see cref="BlobMemory"/> may become; what goes beyond is a
    /// <see cref="CaffeException"/> of kind <see cref="CaffeErrorKind.OutOfMemory"/>. Null, the default, is what the machine
    /// or its control group has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to less than 1.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static long? BlobMemoryLimit
    {
        get
        {
            long limit = Interlocked.Read(ref s_blobMemoryLimit);
            return limit == 0 ? null : limit;
        }

        set
        {
            if (value is { } limit)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(value));
            }

            RuntimeNative.caffe_runtime_set_memory_limit(value.GetValueOrDefault()).ThrowIfFailed();
            Interlocked.Exchange(ref s_blobMemoryLimit, value.GetValueOrDefault());
        }
    }

    /// <summary>Nets and blobs, in the whole process, that the garbage collector had to clear away because nobody disposed
    /// them. It stays 0 in a program that disposes what it makes.</summary>
    public static long FinalizedHandles => CaffeHandle.Finalized;

    /// <summary>Sends what Caffe logs to a logger, with Caffe's file and line. Nothing is logged before the first call of
    /// this. May be called at any time; before the native half is loaded, it is remembered.</summary>
    /// <param name="logger">The logger, which may be called on any thread; null for silence. What it throws is dropped.</param>
    /// <param name="minimum">Lines below it are not even formatted. Caffe knows information, warning and error.</param>
    public static void UseLogger(ILogger? logger, LogLevel minimum = LogLevel.Warning) => LogBridge.Use(logger, minimum);
}
