using System.Reflection;
using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>Loads the native half once, on the first call that needs it, and never from a static constructor, so that
/// the reason of a failure reaches the caller as it is, each time.</summary>
internal static class NativeLibraryLoader
{
    private static readonly Lock s_gate = new();
    private static string? s_configured;
    private static LoadedLibrary? s_loaded;

    /// <summary>The place the program named; refused once it would come too late.</summary>
    internal static string? ConfiguredPath
    {
        get => s_configured;
        set
        {
            lock (s_gate)
            {
                if (s_loaded is not null)
                {
                    throw new InvalidOperationException(
                        $"{s_loaded.Path} is loaded already. Set {nameof(CaffeRuntime)}." +
                        $"{nameof(CaffeRuntime.NativeLibraryPath)} before anything else of CaffeSharp is used.");
                }

                s_configured = value is null ? null : NativeText.CheckedPath(value);
            }
        }
    }

    /// <summary>True once the library is in the process.</summary>
    internal static bool IsLoaded => Volatile.Read(ref s_loaded) is not null;

    /// <summary>Loads the library unless it is loaded, and says where it lies.</summary>
    /// <exception cref="NativeLibraryException">It is not there, cannot be loaded or does not fit.</exception>
    internal static string EnsureLoaded()
    {
        LoadedLibrary? loaded = Volatile.Read(ref s_loaded);
        if (loaded is null)
        {
            lock (s_gate)
            {
                loaded = s_loaded;
                if (loaded is null)
                {
                    loaded = Load();
                    // Under the lock: no net may be made before the library knows of layers in C#, and who reads pictures.
                    ManagedLayerBridge.Install();
                    ImageCodecBridge.Install();
                    ThreadBudget.Install();
                    s_loaded = loaded;
                }
            }

            LogBridge.Install();
        }

        return loaded.Path;
    }

    /// <summary>Opens the first candidate that can be opened, and checks that it fits.</summary>
    internal static LoadedLibrary Open(IReadOnlyList<string> candidates)
    {
        List<LoadAttempt> attempts = [];
        foreach (string candidate in candidates)
        {
            bool leftToSystem = !Path.IsPathRooted(candidate);
            if (!leftToSystem && !File.Exists(candidate))
            {
                attempts.Add(new(candidate, Directory.Exists(candidate) ? "is a folder" : "no such file", []));
                continue;
            }

            try
            {
                nint handle = NativeLibrary.Load(candidate);
                CheckAbi(handle, candidate);
                return new(handle, candidate);
            }
            catch (DllNotFoundException error) when (error is not NativeLibraryException)
            {
                attempts.Add(Failed(candidate, leftToSystem, error));
            }
            catch (BadImageFormatException error)
            {
                attempts.Add(Failed(candidate, leftToSystem, error));
            }
        }

        throw LoadFailure.Describe(attempts);
    }

    private static LoadAttempt Failed(string candidate, bool leftToSystem, Exception error)
    {
        IReadOnlyList<string> missing =
            leftToSystem ? [] : MissingDependencies.Of(candidate) is { Count: > 0 } listed
                ? listed : MissingDependencies.InListing(error.Message);
        string reason = missing.Count > 0
            ? $"needs {string.Join(", ", missing)}, which this machine does not have"
            : leftToSystem ? "not known to the system's loader" : LoadFailure.FirstReason(error.Message, candidate);
        return new(candidate, reason, missing);
    }

    private static LoadedLibrary Load()
    {
        LoadedLibrary library = Open(NativeLibrarySearch.Candidates(
            s_configured, Environment.GetEnvironmentVariable(NativeLibrarySearch.EnvironmentVariable),
            NativeLibrarySearch.CurrentFolders));
        NativeLibrary.SetDllImportResolver(
            typeof(NativeLibraryLoader).Assembly,
            (name, _, _) => name == NativeLibraryName.Import ? library.Handle : 0);
        return library;
    }

    private static unsafe int AbiVersion(nint export)
    {
        Span<int> version = [0];
        fixed (int* pointer = version)
        {
            return ((delegate* unmanaged[Cdecl]<int*, CaffeStatus>)export)(pointer) == CaffeStatus.Ok ? version[0] : 0;
        }
    }

    private static void CheckAbi(nint library, string path)
    {
        const string Export = nameof(RuntimeNative.caffe_runtime_abi_version);
        if (!NativeLibrary.TryGetExport(library, Export, out nint export))
        {
            NativeLibrary.Free(library);
            throw new NativeLibraryException($"{path} is not CaffeSharp's native half: it exports no {Export}. " +
                $"Name the right {NativeLibraryName.File} with {NativeLibrarySearch.EnvironmentVariable}, or remove this one.")
            {
                TriedPaths = [path],
            };
        }

        int version = AbiVersion(export);
        if (version == NativeLibraryName.AbiVersion)
        {
            return;
        }

        NativeLibrary.Free(library);
        string rebuild = version < NativeLibraryName.AbiVersion
            ? "The native half is older: rebuild it with ./build.sh build."
            : $"{Assembly.GetExecutingAssembly().GetName().Name}.dll is older: rebuild or update the .NET half.";
        throw new NativeLibraryException($"{path} has interface version {version}, and this assembly wants version " +
            $"{NativeLibraryName.AbiVersion}. {rebuild}")
        {
            TriedPaths = [path],
        };
    }
}
