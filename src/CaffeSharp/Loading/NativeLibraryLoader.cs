using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Loads the native half once, when the first import is called, whichever it is. Imports get it from here alone, so no entry
/// point can forget to load it. It is never loaded by a static constructor: the reason of a failure reaches the caller as it is, each
/// time.</summary>
internal static class NativeLibraryLoader
{
    private static readonly Lock s_gate = new();
    private static string? s_configured;
    private static LoadedLibrary? s_opened;
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

    /// <summary>Loads the library unless it is loaded.</summary>
    /// <exception cref="NativeLibraryException">It does not exist, cannot be loaded or does not fit.</exception>
    internal static LoadedLibrary Library
    {
        get
        {
            if (Volatile.Read(ref s_loaded) is { } loaded)
            {
                return loaded;
            }

            lock (s_gate)
            {
                // It is opened but not loaded where the imports below, on this thread, ask for it.
                if ((s_loaded ?? s_opened) is { } known)
                {
                    return known;
                }

                s_opened = OpenFirst();
                try
                {
                    // Under the lock: no net may be made before the library knows of layers in C#, and who decodes images.
                    ManagedLayerBridge.Install();
                    ImageCodecBridge.Install();
                    ThreadBudget.Install();
                    Volatile.Write(ref s_loaded, s_opened);
                }
                finally
                {
                    s_opened = null;
                }
            }

            LogBridge.Install();
            return s_loaded;
        }
    }

    /// <summary>Has every import of this assembly ask here for the library.</summary>
#pragma warning disable CA2255 // It loads nothing: it says who loads the library when it is required.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() => NativeLibrary.SetDllImportResolver(
        typeof(NativeLibraryLoader).Assembly, static (name, _, _) => name == NativeLibraryName.Import ? Reference(Library) : 0);

    // A program compiled ahead of time frees the handle that it gets here if an import that ran meanwhile has got one first, as those
    // that run while the library is loaded do. So each answer is a separate reference.
    private static nint Reference(LoadedLibrary library) => NativeLibrary.Load(library.Path);

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

    private static LoadedLibrary OpenFirst() => Open(NativeLibrarySearch.Candidates(
        s_configured, Environment.GetEnvironmentVariable(NativeLibrarySearch.EnvironmentVariable),
        NativeLibrarySearch.CurrentFolders));

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
        throw new NativeLibraryException($"{path} has interface version {version}, and this assembly requires version " +
            $"{NativeLibraryName.AbiVersion}. {rebuild}")
        {
            TriedPaths = [path],
        };
    }
}
