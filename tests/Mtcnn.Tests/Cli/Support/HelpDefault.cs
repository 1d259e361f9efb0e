using System.Text.RegularExpressions;

namespace Mtcnn.Tests.Cli.Support;

/// <summary>The default value that the help of a command shows for an option.</summary>
/// <param name="Command">The command, such as "train cascade".</param>
/// <param name="Option">The option's name.</param>
/// <param name="Values">The placeholder for its value, such as "train|test".</param>
/// <param name="Value">The default value.</param>
internal sealed partial record HelpDefault(string Command, string Option, string Values, string Value)
{
    /// <summary>Whether the option accepts the value, as far as the placeholder shows.</summary>
    public bool IsAccepted => Values switch
    {
        "i/n" => Fraction().IsMatch(Value),
        _ when Values.Contains('|', StringComparison.Ordinal) => Values.Split('|').Contains(Value, StringComparer.Ordinal),
        _ => Plain().IsMatch(Value),
    };

    /// <summary>Runs every command and subcommand with --help and reads the defaults.</summary>
    public static IReadOnlyList<HelpDefault> OfAllCommands() => [.. OfCommand([])];

    private static IEnumerable<HelpDefault> OfCommand(string[] command)
    {
        string help = MtcnnCommand.Run([.. command, "--help"]).Expecting(0).Output;
        string[] lines = help.Split('\n');
        IEnumerable<HelpDefault> own = Section(lines, "Options:").Where(entry => entry.Contains("[default:", StringComparison.Ordinal)).Select(entry =>
        {
            Match match = DefaultOfOption().Match(entry);
            Assert.True(match.Success, $"mtcnn {string.Join(' ', command)}: {entry}");
            return new HelpDefault(string.Join(' ', command), match.Groups["option"].Value, match.Groups["values"].Value, match.Groups["value"].Value);
        });
        return own.Concat(Section(lines, "Commands:").SelectMany(entry => OfCommand([.. command, entry.Trim().Split(' ')[0]])));
    }

    // Descriptions are wrapped: lines that are indented by more than two spaces belong to the entry above.
    private static List<string> Section(string[] lines, string title)
    {
        List<string> entries = [];
        foreach (string line in lines.SkipWhile(line => line != title).Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)))
        {
            if (line[2] != ' ' || entries.Count == 0)
            {
                entries.Add(line);
            }
            else
            {
                entries[^1] += " " + line.Trim();
            }
        }

        return entries;
    }

    [GeneratedRegex(@"(?<option>--[a-z-]+) <(?<values>[^>]+)>.*\[default: (?<value>[^\]]*)\]")]
    private static partial Regex DefaultOfOption();

    [GeneratedRegex("^[0-9]+/[0-9]+$")]
    private static partial Regex Fraction();

    [GeneratedRegex("^[a-z0-9.:,/-]+$")]
    private static partial Regex Plain();
}
