using System.Runtime.Versioning;
using CaffeSharp.Tests.Support;

[assembly: AssemblyFixture(typeof(TemporaryRoot))]

namespace CaffeSharp.Tests.Support;

/// <summary>
/// The temporary folder of a run of the assembly: of its tests, and of the programs that they start. When the last test has ended it is
/// removed, and the run fails if something was left in it.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class TemporaryRoot : IDisposable
{
    private const string Variable = "TMPDIR";

    private readonly string? _outer = Environment.GetEnvironmentVariable(Variable);
    private readonly string _path = Directory.CreateTempSubdirectory("tests-").FullName;

    /// <summary>Makes the folder, which every user may enter, and names it to <see cref="Path.GetTempPath"/> and to programs.</summary>
    public TemporaryRoot()
    {
        File.SetUnixFileMode(_path, File.GetUnixFileMode(_path) | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        Environment.SetEnvironmentVariable(Variable, _path);
    }

    /// <summary>Removes the folder.</summary>
    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _outer);
        string[] left = [.. Directory.EnumerateFileSystemEntries(_path).Select(entry => Path.GetFileName(entry)).Where(name => !IsDotnets(name)).Order(StringComparer.Ordinal)];
        Directory.Delete(_path, recursive: true);
        Assert.True(left.Length == 0 || SharedFolder.HasSkipped, $"The tests left {left.Length} files or folders in the temporary folder: {string.Join(", ", left)}");
    }

    // Where a debugger could attach to a .NET program; one that is killed leaves it behind.
    private static bool IsDotnets(string name) =>
        name == ".dotnet" || name.StartsWith("clr-debug-pipe-", StringComparison.Ordinal) || name.StartsWith("dotnet-diagnostic-", StringComparison.Ordinal);
}
