using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mtcnn.Tests.Documentation;

/// <summary>How the commands of a kind are checked.</summary>
/// <param name="Match">A regular expression that such commands match.</param>
/// <param name="Reason">Why they are run here or are not run.</param>
/// <param name="CheckedBy">The file that checks them instead, relative to the repository; null if they are run here.</param>
[SuppressMessage("Performance", "CA1812", Justification = "The JSON serializer creates it.")]
internal sealed record CommandRule(string Match, string Reason, string? CheckedBy = null)
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    /// <summary>The rules of commands.json; the first that matches a command is used.</summary>
    public static IReadOnlyList<CommandRule> All { get; } = Read();

    /// <summary>The rule of a command; null if it has none.</summary>
    public static CommandRule? Of(DocumentedCommand command) => All.FirstOrDefault(rule => Regex.IsMatch(command.Text, rule.Match));

    private static CommandRule[] Read()
    {
        using Stream stream = typeof(CommandRule).Assembly.GetManifestResourceStream("commands.json")!;
        return JsonSerializer.Deserialize<CommandRule[]>(stream, s_options)!;
    }
}
