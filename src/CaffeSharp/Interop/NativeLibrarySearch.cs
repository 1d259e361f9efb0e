using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>Where libcaffesharp.so may lie, in the order in which it is looked for.</summary>
internal static class NativeLibrarySearch
{
    internal const string EnvironmentVariable = "CAFFESHARP_LIBRARY";

    /// <summary>Paths to try. A configured place is the only one: it is never replaced by another in silence.</summary>
    internal static IReadOnlyList<string> Candidates(string? configured, string? fromEnvironment, string baseFolder)
    {
        string? named = string.IsNullOrEmpty(configured) ? fromEnvironment : configured;
        if (!string.IsNullOrEmpty(named))
        {
            string full = Path.GetFullPath(named);
            return [Directory.Exists(full) ? Path.Combine(full, NativeLibraryName.File) : full];
        }

        string runtime = $"linux-{RuntimeInformation.ProcessArchitecture}".ToUpperInvariant() switch
        {
            "LINUX-ARM64" => "linux-arm64",
            _ => "linux-x64",
        };
        List<string> candidates =
        [
            Path.Combine(baseFolder, NativeLibraryName.File),
            Path.Combine(baseFolder, "runtimes", runtime, "native", NativeLibraryName.File),
        ];
        if (CheckoutAbove(baseFolder) is { } checkout)
        {
            candidates.Add(Path.Combine(checkout, "build", "native", NativeLibraryName.File));
        }

        // A bare name leaves the search to the system: LD_LIBRARY_PATH, then what ldconfig knows.
        candidates.Add(NativeLibraryName.File);
        return candidates;
    }

    private static string? CheckoutAbove(string folder)
    {
        for (DirectoryInfo? parent = new(folder); parent is not null; parent = parent.Parent)
        {
            if (File.Exists(Path.Combine(parent.FullName, "native", "include", "caffesharp", "caffesharp.h")))
            {
                return parent.FullName;
            }
        }

        return null;
    }
}
