using System.Text.Json;
using System.Text.RegularExpressions;

namespace Packages.Tests.Prose;

/// <summary>An expression that readers have to read twice, and what to write instead.</summary>
/// <param name="Pattern">A regular expression, case-insensitive.</param>
/// <param name="Use">What to write instead.</param>
/// <param name="Bad">A sentence that the pattern finds.</param>
/// <param name="Good">The same statement in plain English, which the pattern does not find.</param>
public sealed record ProseRule(string Pattern, string Use, string Bad, string Good)
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    /// <summary>The rules of rules.json.</summary>
    public static IReadOnlyList<ProseRule> All { get; } = Read();

    private Regex Expression { get; } = new(Pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled);

    /// <summary>The text that the pattern finds in a line; null if it finds nothing.</summary>
    public string? FindIn(string line) => Expression.Match(line) is { Success: true } match ? match.Value : null;

    private static ProseRule[] Read()
    {
        using Stream stream = typeof(ProseRule).Assembly.GetManifestResourceStream("rules.json")!;
        return JsonSerializer.Deserialize<ProseRule[]>(stream, s_options)!;
    }
}
