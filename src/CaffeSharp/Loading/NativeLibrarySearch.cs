using System.Runtime.InteropServices;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Where libcaffesharp.so may lie, in the order in which it is looked for.</summary>
internal static class NativeLibrarySearch
{
    internal const string EnvironmentVariable = "CAFFESHARP_LIBRARY";

    /// <summary>Where this process's files lie: beside the program, and where the .NET host looks for native libraries, as the program's
    /// packages have them.</summary>
    internal static IReadOnlyList<string> CurrentFolders => Folders(
        AppContext.BaseDirectory,
        (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Folders to look in.</summary>
    /// <param name="baseFolder">The program's.</param>
    /// <param name="hostFolders">The folders that the .NET host was given.</param>
    internal static IReadOnlyList<string> Folders(string baseFolder, IReadOnlyList<string> hostFolders)
    {
        string native = Path.Combine(
            baseFolder, "runtimes", RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64", "native");
        IEnumerable<string> folders = [baseFolder, native, .. hostFolders];
        return [.. folders.Select(Path.TrimEndingDirectorySeparator).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Paths to try. A configured place is the only one: it is never replaced by another in silence.</summary>
    internal static IReadOnlyList<string> Candidates(string? configured, string? fromEnvironment, IReadOnlyList<string> folders)
    {
        string? named = string.IsNullOrEmpty(configured) ? fromEnvironment : configured;
        if (!string.IsNullOrEmpty(named))
        {
            string full = Path.GetFullPath(named);
            return [Directory.Exists(full) ? Path.Combine(full, NativeLibraryName.File) : full];
        }

        // A bare name leaves the search to the system: LD_LIBRARY_PATH, then what ldconfig knows.
        return [.. folders.Select(folder => Path.Combine(folder, NativeLibraryName.File)), NativeLibraryName.File];
    }
}
