using System.Text.RegularExpressions;

namespace CaffeSharp.Tests.Support;

/// <summary>The source tree of the Caffe that was built, with the definitions that come with it.</summary>
internal static partial class CaffeTree
{
    private static readonly string[] s_folders = ["models", "examples"];
    private static readonly Lazy<string> s_root = new(Find);

    /// <summary>A file of the tree.</summary>
    internal static string File(params string[] parts) => Path.Combine([s_root.Value, .. parts]);

    /// <summary>The nets of models/ and examples/.</summary>
    internal static IReadOnlyList<string> Nets => [.. Prototxts().Where(path => !IsSolver(path))];

    /// <summary>The solvers of models/ and examples/.</summary>
    internal static IReadOnlyList<string> Solvers => [.. Prototxts().Where(IsSolver)];

    /// <summary>A file's path from the tree's root.</summary>
    internal static string Relative(string path) => Path.GetRelativePath(s_root.Value, path);

    private static IEnumerable<string> Prototxts() => s_folders
        .SelectMany(folder => Directory.EnumerateFiles(File(folder), "*.prototxt", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal);

    private static bool IsSolver(string path) => path.Contains("solver", StringComparison.Ordinal);

    private static string Find()
    {
        string commands = System.IO.File.ReadAllText(Repository.Folder("build", "native", "compile_commands.json"));
        Match net = NetSource().Match(commands);
        Assert.True(net.Success, "The native build does not say where Caffe's net.cpp is.");
        return net.Groups["root"].Value;
    }

    [GeneratedRegex("\"file\": \"(?<root>[^\"]*)/src/caffe/net\\.cpp\"")]
    private static partial Regex NetSource();
}
