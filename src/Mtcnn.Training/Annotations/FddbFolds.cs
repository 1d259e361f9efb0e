using System.Globalization;
using Mtcnn.Faces;

namespace Mtcnn.Training.Annotations;

/// <summary>Reads FDDB's <c>FDDB-fold-NN-ellipseList.txt</c>: an image's name, the number of its faces, and a line of six numbers per face.</summary>
public static class FddbFolds
{
    private const int EllipseNumbers = 5;

    /// <summary>Reads a file, or every <c>*ellipseList.txt</c> of a folder in the order of their names.</summary>
    /// <exception cref="AnnotationException">The file is missing, or a line is invalid; the message names file and line.</exception>
    public static IReadOnlyList<FddbImage> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (!Directory.Exists(path))
            {
                return ReadFile(path);
            }

            string[] files = [.. Directory.EnumerateFiles(path, "*ellipseList.txt").Order(StringComparer.Ordinal)];
            return files.Length > 0
                ? [.. files.SelectMany(ReadFile)]
                : throw new AnnotationException($"{path}: the folder contains no *ellipseList.txt.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AnnotationException($"{path}: cannot be read: {exception.Message}", exception);
        }
    }

    private static List<FddbImage> ReadFile(string path)
    {
        string[] lines = File.ReadAllLines(path);
        List<FddbImage> images = [];
        for (int line = 0; line < lines.Length;)
        {
            if (string.IsNullOrWhiteSpace(lines[line]))
            {
                line++;
                continue;
            }

            string name = lines[line].Trim();
            if (line + 1 >= lines.Length || !int.TryParse(lines[line + 1], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int count) || count < 0)
            {
                throw new AnnotationException($"{path}({line + 2}): expected the number of faces of {name}.");
            }

            if (count > lines.Length - line - 2)
            {
                throw new AnnotationException($"{path}({line + 2}): expected {count} faces of {name}, but the file ends after {lines.Length - line - 2}.");
            }

            int first = line + 2;
            images.Add(new FddbImage(name, [.. Enumerable.Range(first, count).Select(at => Parse(path, at, lines[at]))]) { Place = $"{path}({line + 1})" });
            line = first + count;
        }

        return images;
    }

    // major_axis_radius minor_axis_radius angle center_x center_y 1
    private static FddbEllipse Parse(string path, int line, string text)
    {
        string[] parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        double[] numbers = [.. parts.Take(EllipseNumbers).Select(part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : double.NaN)];
        return numbers.Length == EllipseNumbers && !numbers.Any(double.IsNaN) && numbers[0] > 0 && numbers[1] > 0
            ? new FddbEllipse(new ImagePoint(numbers[3], numbers[4]), numbers[0], numbers[1], numbers[2])
            : throw new AnnotationException($"{path}({line + 1}): expected an ellipse (two radii above 0, an angle and a centre), but the line is \"{text}\".");
    }
}
