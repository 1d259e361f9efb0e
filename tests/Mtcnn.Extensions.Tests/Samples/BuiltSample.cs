using System.Runtime.InteropServices;

namespace Mtcnn.Extensions.Tests.Samples;

/// <summary>Where a sample's program was built: beside this assembly's own folder, which is build/dotnet/bin/Mtcnn.Extensions.Tests/release.</summary>
internal static class BuiltSample
{
    /// <summary>The path of an assembly of a project of the samples.</summary>
    public static string PathOf(string project, string assembly) =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", project, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), assembly));

    /// <summary>The dotnet program of the .NET that runs these tests; the runtime's folder is three below it.</summary>
    public static string Dotnet { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
