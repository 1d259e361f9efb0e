using System.Globalization;

namespace Mtcnn.Cli.Inputs;

/// <summary>One of several equal parts of a list: every <paramref name="Count"/>-th item, starting at the <paramref name="Number"/>-th.</summary>
/// <param name="Number">Which part, from 1.</param>
/// <param name="Count">How many parts there are.</param>
internal sealed record Shard(int Number, int Count)
{
    /// <summary>All items.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Reads "2/8"; null if the text is not a shard.</summary>
    public static Shard? Parse(string text) =>
        text.Split('/') is [string number, string count]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int part)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int parts)
        && part >= 1 && part <= parts
            ? new Shard(part, parts)
            : null;

    /// <summary>Returns the shard as <see cref="Parse"/> reads it and as the help shows it, such as "2/8".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    /// <summary>Whether the item at an index, from 0, is in this part.</summary>
    public bool Has(int index) => index % Count == Number - 1;
}
