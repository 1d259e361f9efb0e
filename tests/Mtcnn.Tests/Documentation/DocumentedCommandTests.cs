using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using CaffeSharp.Tests.Support;
using Mtcnn.Tests.Cli.Support;

namespace Mtcnn.Tests.Documentation;

/// <summary>The commands in the bash blocks of README, docs and all other pages. commands.json says which are run here.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class DocumentedCommandTests
{
    public static TheoryData<string> PagesWithCommands => [.. DocumentedCommand.Pages.Where(page => Runnable(page).Any())];

    [Theory]
    [MemberData(nameof(PagesWithCommands))]
    public void Commands_of_a_page_when_run_in_its_order_then_succeed(string page)
    {
        using CommandFolder folder = new();

        foreach (DocumentedCommand command in Runnable(page))
        {
            (int exitCode, string output) = folder.Run(command.Text);

            Assert.True(exitCode == 0, $"{command} ended with {exitCode}:\n{output}");
        }
    }

    [Fact]
    public void Commands_without_a_rule_when_listed_then_there_are_none()
    {
        string[] unlisted = [.. AllCommands().Where(command => CommandRule.Of(command) is null).Select(command => command.ToString())];

        Assert.True(unlisted.Length == 0, $"These commands are neither run nor listed. Add a rule to commands.json:\n{string.Join('\n', unlisted)}");
    }

    [Fact]
    public void Rules_when_compared_with_the_pages_then_each_is_used_and_names_an_existing_file()
    {
        HashSet<CommandRule?> used = [.. AllCommands().Select(CommandRule.Of)];

        Assert.DoesNotContain(CommandRule.All, rule => !used.Contains(rule));
        Assert.DoesNotContain(CommandRule.All, rule => rule.CheckedBy is { } file && !Path.Exists(Repository.Folder(file)));
    }

    [Fact]
    public void Options_of_mtcnn_commands_when_looked_up_then_are_in_the_help()
    {
        string[] unknown =
        [
            .. AllCommands().Where(command => command.IsMtcnn)
                .GroupBy(command => Subcommand(command.Text))
                .SelectMany(commands => UnknownOptions(Help(commands.Key), commands)),
        ];

        Assert.Empty(unknown);
    }

    [Fact]
    public void Commands_outside_bash_blocks_when_listed_then_there_are_none() =>
        Assert.Empty(DocumentedCommand.Pages.SelectMany(page => DocumentedCommand.OutsideBlocks(page, File.ReadAllLines(Repository.Folder(page)))));

    [Fact]
    public void A_page_when_read_then_gives_whole_commands_without_comments()
    {
        string[] page = ["```bash", "# first", "mtcnn detect a#b.jpg   # draw", "dotnet pack \\", "  -o feed", "```", "```csharp", "x();", "```", "    ./build.sh test"];

        DocumentedCommand[] commands = [.. DocumentedCommand.Read("x.md", page)];

        Assert.Equal([new("x.md", 3, "mtcnn detect a#b.jpg"), new("x.md", 5, "dotnet pack -o feed")], commands);
        Assert.Equal(["x.md:10: ./build.sh test"], DocumentedCommand.OutsideBlocks("x.md", page));
    }

    [Fact]
    public void A_command_that_is_new_wrong_or_has_an_unknown_option_when_checked_then_is_reported()
    {
        Assert.Null(CommandRule.Of(new DocumentedCommand("x.md", 1, "rm -rf photos")));
        DocumentedCommand wrong = new("x.md", 1, "mtcnn detect photo.jpg --refine --drew marked");
        Assert.Equal(["x.md:1: --drew"], UnknownOptions(Help(Subcommand(wrong.Text)), [wrong]));
        using CommandFolder folder = new();
        Assert.Equal(0, folder.Run("mtcnn detect photo.jpg").ExitCode);
        Assert.NotEqual(0, folder.Run("mtcnn detect missing.jpg | cat").ExitCode);
    }

    private static IEnumerable<DocumentedCommand> AllCommands() => DocumentedCommand.Pages.SelectMany(DocumentedCommand.Of);

    private static IEnumerable<DocumentedCommand> Runnable(string page) =>
        DocumentedCommand.Of(page).Where(command => CommandRule.Of(command) is { CheckedBy: null });

    // "detect", "train cascade", "models card".
    private static string Subcommand(string command)
    {
        string[] words = command.Split(' ');
        return words[1] switch
        {
            "--help" => string.Empty,
            "train" when words[2] == "cascade" => "train cascade",
            "models" when words.Length > 2 => $"models {words[2]}",
            _ => words[1],
        };
    }

    private static string Help(string subcommand) =>
        MtcnnCommand.Run([.. subcommand.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Expecting(0).Output;

    private static IEnumerable<string> UnknownOptions(string help, IEnumerable<DocumentedCommand> commands) =>
        from command in commands
        from Match option in Option().Matches(command.Text)
        where !Regex.IsMatch(help, $@"(?<![\w-]){Regex.Escape(option.Value)}(?![\w-])")
        select $"{command.Page}:{command.Line}: {option.Value}";

    [GeneratedRegex(@"(?<=\s)--[a-z][a-z-]*")]
    private static partial Regex Option();
}
