using System.Globalization;

namespace Mtcnn.Cli.Inputs;

/// <summary>One of several equal parts of a list: every <paramref name="Count"/>-th item, from the <paramref name="Number"/>-th on.</summary>
/// <param name="Number">Which part, from 1.</param>
/// <param name="Count">How many parts there are.</param>
internal sealed record Shard(int Number, int Count)
{
    /// <summary>The part that is everything.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Reads "2/8"; null where the text is none.</summary>
    public static Shard? Parse(string text) =>
        text.Split('/') is [string number, string count]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int part)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int parts)
        && part >= 1 && part <= parts
            ? new Shard(part, parts)
            : null;

    /// <summary>Whether the item at an index, from 0, is in this part.</summary>
    public bool Has(int index) => index % Count == Number - 1;
}
