using System.Text;

namespace CaffeSharp;

/// <summary>Text inside Graphviz's language. Names in a prototxt may hold anything: quotes, angle brackets, line
/// breaks.</summary>
internal static class DotText
{
    /// <summary>A quoted string of DOT, in which only the quote and the backslash have a meaning.</summary>
    internal static string Quoted(string text) =>
        $"\"{Printable(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Text of an HTML-like label.</summary>
    internal static string Html(string text)
    {
        StringBuilder escaped = new();
        foreach (char character in Printable(text))
        {
            _ = character switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    /// <summary>The text with what XML cannot hold, and unpaired halves of characters, made visible.</summary>
    private static string Printable(string text)
    {
        StringBuilder printable = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isForXml = !Rune.IsControl(rune) && rune.Value is not (0xFFFE or 0xFFFF);
            printable.Append(isForXml ? rune : Rune.ReplacementChar);
        }

        return printable.ToString();
    }
}
