using System.Text;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Says why the native half could not be loaded, and what fixes it.</summary>
internal static class LoadFailure
{
    internal static NativeLibraryException Describe(IReadOnlyList<LoadAttempt> attempts)
    {
        IReadOnlyList<string> missing =
            [.. attempts.SelectMany(attempt => attempt.MissingDependencies).Distinct(StringComparer.Ordinal)];
        StringBuilder message = new($"{NativeLibraryName.File}, CaffeSharp's native half, could not be loaded. Tried:\n");
        foreach (LoadAttempt attempt in attempts)
        {
            message.Append("  ").Append(attempt.Path).Append(": ").Append(attempt.Reason).Append('\n');
        }

        message.Append(missing.Count > 0 ? Install(missing) : Build());
        return new(message.ToString())
        {
            TriedPaths = [.. attempts.Select(attempt => attempt.Path)],
            MissingDependencies = missing,
        };
    }

    /// <summary>The line of the runtime's many-lined message that is about this path.</summary>
    internal static string FirstReason(string message, string path) =>
        message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line.StartsWith(path + ": ", StringComparison.Ordinal))
            .Select(line => line[(path.Length + 2)..])
            .FirstOrDefault(message.Trim());

    private static string Install(IReadOnlyList<string> missing) =>
        "Install what is missing (Debian, Ubuntu): sudo apt-get install " +
        string.Join(' ', missing.Select(MissingDependencies.Package).Distinct(StringComparer.Ordinal)) +
        "\nIf the system has other versions of these, rebuild the native half for it: ./build.sh build";

    private static string Build() =>
        $"Add the package CaffeSharp.Runtime.linux-x64, build it with ./build.sh build, or name its place with {NativeLibrarySearch.EnvironmentVariable} or " +
        $"{nameof(CaffeRuntime)}.{nameof(CaffeRuntime.NativeLibraryPath)}.";
}
