using System.Security.Cryptography;
using System.Text;

namespace Mtcnn.Training.Cards;

/// <summary>The last line of a written page: a comment with the SHA-256 of the text above it. It distinguishes written pages from edited ones.</summary>
internal static class ModelCardMark
{
    private const string Start = "\n<!-- Written by `mtcnn models card`. Edit card.json instead. SHA-256 of the text above: ";
    private const string End = " -->\n";

    /// <summary>Appends the mark to a page.</summary>
    public static string AppendTo(string page) => page + Start + HashOf(page) + End;

    /// <summary>Whether a page ends with the mark of its text.</summary>
    public static bool IsOf(string page) =>
        page.LastIndexOf(Start, StringComparison.Ordinal) is var at and >= 0 && page == AppendTo(page[..at]);

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
