using System.Globalization;

namespace Mtcnn.Training.Annotations;

/// <summary>A line of a text file with its place, for messages.</summary>
/// <param name="File">The file.</param>
/// <param name="Number">The line's number, from 1.</param>
/// <param name="Text">The line.</param>
internal readonly record struct TextLine(string File, int Number, string Text)
{
    /// <summary>Its place in messages.</summary>
    public string Place => $"{File}({Number})";

    /// <summary>Its words.</summary>
    public string[] Words => Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads the lines of a file that are not blank.</summary>
    public static IEnumerable<TextLine> Of(string file) => System.IO.File.ReadLines(file)
        .Select((text, index) => new TextLine(file, index + 1, text))
        .Where(line => !string.IsNullOrWhiteSpace(line.Text));

    /// <summary>Parses words as numbers.</summary>
    /// <param name="words">The words of the line to parse.</param>
    /// <param name="what">What is expected, for messages, as in "four edges per face".</param>
    /// <exception cref="AnnotationException">A word is not a number.</exception>
    public double[] Numbers(ReadOnlySpan<string> words, string what)
    {
        double[] numbers = new double[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                throw Wrong($"expected {what}, but \"{words[i]}\" is not a number");
            }
        }

        return numbers;
    }

    /// <summary>Creates an exception for an error in the line.</summary>
    public AnnotationException Wrong(string problem) => new($"{Place}: {problem}: \"{Shown}\".");

    private string Shown => Text.Length <= 80 ? Text.Trim() : Text.AsSpan().Trim()[..77].ToString() + "...";
}
