using CaffeSharp.Tests.Support;

namespace Packages.Tests.Prose;

/// <summary>A file of the repository, as lines of prose.</summary>
internal static class ProseFile
{
    private static readonly string[] s_roots =
        [".devcontainer", ".github", "bench", "docs", "models", "native", "samples", "scripts", "src", "tests", "training"];

    private static readonly string[] s_endings =
        [".c", ".cmake", ".cpp", ".cs", ".csproj", ".css", ".h", ".hpp", ".html", ".js", ".md", ".props", ".py", ".sh", ".targets", ".yaml", ".yml"];

    /// <summary>Each file that has prose in it: documentation, and comments and messages in code. Generated folders are left out.</summary>
    public static IEnumerable<string> All() =>
        from file in Directory.EnumerateFiles(Repository.Root)
            .Concat(s_roots.Select(root => Repository.Folder(root)).Where(Directory.Exists).SelectMany(
                root => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)))
        where s_endings.Contains(Path.GetExtension(file)) || Path.GetFileName(file) == "CMakeLists.txt"
        select file;

    /// <summary>
    /// The lines of a file with their numbers. A name with underscores, such as a test's, reads as words. Code blocks of Markdown have no prose.
    /// </summary>
    public static IEnumerable<(int Number, string Text)> Lines(string file)
    {
        bool isMarkdown = Path.GetExtension(file) == ".md";
        bool isCode = false;
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            bool isFence = isMarkdown && line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            isCode ^= isFence;
            if (!isCode && !isFence)
            {
                yield return (number, line.Replace('_', ' '));
            }
        }
    }
}
