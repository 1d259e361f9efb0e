using System.Text.RegularExpressions;
using CaffeSharp.Tests.Support;

namespace Mtcnn.Tests.Documentation;

/// <summary>A command of a page that a reader copies into a shell.</summary>
/// <param name="Page">The page, relative to the repository.</param>
/// <param name="Line">The line of the page, from 1.</param>
/// <param name="Text">The command without its comment; continued lines are joined.</param>
internal sealed partial record DocumentedCommand(string Page, int Line, string Text)
{
    private static readonly string[] s_skippedFolders = ["build", "bin", "obj", "node_modules"];

    /// <summary>Each page of the repository, relative to it.</summary>
    public static IEnumerable<string> Pages { get; } =
        [.. Markdown(Repository.Root).Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal)];

    /// <summary>Whether the command starts the program `mtcnn`.</summary>
    public bool IsMtcnn => Text.StartsWith("mtcnn ", StringComparison.Ordinal) || Text.StartsWith("bin/mtcnn ", StringComparison.Ordinal);

    /// <summary>The commands of a page, in its order.</summary>
    public static IEnumerable<DocumentedCommand> Of(string page) => Read(page, File.ReadAllLines(Repository.Folder(page)));

    /// <summary>The commands in the bash blocks of these lines.</summary>
    public static IEnumerable<DocumentedCommand> Read(string page, IReadOnlyList<string> lines)
    {
        string? language = null;
        string begun = string.Empty;
        for (int i = 0; i < lines.Count; i++)
        {
            string line = lines[i].Trim();
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                language = language is null ? line[3..] : null;
            }
            else if (language == "bash")
            {
                begun += WithoutComment(line);
                if (begun.EndsWith('\\'))
                {
                    begun = begun[..^1];
                    continue;
                }

                if (begun.Length > 0)
                {
                    yield return new DocumentedCommand(page, i + 1, begun);
                }

                begun = string.Empty;
            }
        }
    }

    /// <summary>Lines of code blocks that look like commands but are in no bash block, so that they would not be checked.</summary>
    public static IEnumerable<string> OutsideBlocks(string page, IReadOnlyList<string> lines)
    {
        string? language = null;
        for (int i = 0; i < lines.Count; i++)
        {
            if (lines[i].Trim().StartsWith("```", StringComparison.Ordinal))
            {
                language = language is null ? lines[i].Trim()[3..] : null;
            }
            else if ((language is null && lines[i].StartsWith("    ", StringComparison.Ordinal)) || language is "" or "sh" or "shell" or "console")
            {
                if (LooksLikeCommand().IsMatch(lines[i]))
                {
                    yield return $"{page}:{i + 1}: {lines[i].Trim()}";
                }
            }
        }
    }

    public override string ToString() => $"{Page}:{Line}: {Text}";

    private static IEnumerable<string> Markdown(string folder) =>
        Directory.EnumerateFiles(folder, "*.md").Concat(
            Directory.EnumerateDirectories(folder)
                .Where(inner => Path.GetFileName(inner) is var name && !name.StartsWith('.') && !s_skippedFolders.Contains(name))
                .SelectMany(Markdown));

    private static string WithoutComment(string line) => Comment().Replace(line, string.Empty);

    [GeneratedRegex(@"(^|\s+)#(\s.*)?$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\s*(\$ |sudo |\./build\.sh|(bin/)?mtcnn |dotnet |pwsh |cmake |ctest |git |curl |bench/\S+\.sh|native/\S+\.sh|build/(dotnet|native)/|[A-Z_]+=\S+ )")]
    private static partial Regex LooksLikeCommand();
}
