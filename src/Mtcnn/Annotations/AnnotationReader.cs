using System.Xml;

namespace Mtcnn.Annotations;

/// <summary>
/// Reads annotations: dlib's XML files (boxes and 68 points), or CSV files with a header. Of CSV columns it knows <c>image</c> (a path
/// relative to the CSV file), <c>left, top, right, bottom</c>, and <c>X_x, X_y</c> where X is <c>left_eye</c>, <c>right_eye</c>,
/// <c>nose</c>, <c>left_mouth</c>, <c>right_mouth</c> or <c>mouth</c>; a row is a face. Thread-safe.
/// </summary>
public static class AnnotationReader
{
    /// <summary>Reads a file of annotations, or all dlib XML files of a folder as one set.</summary>
    /// <param name="path">An .xml or .csv file, or a folder that holds .xml files.</param>
    /// <exception cref="AnnotationException">There is no such file, or it cannot be understood; the message says where and why.</exception>
    public static AnnotationSet Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (!Directory.Exists(path))
            {
                return ReadFile(path);
            }

            string[] files = [.. Directory.EnumerateFiles(path, "*.xml").Order(StringComparer.Ordinal)];
            return files.Length > 0
                ? new AnnotationSet(path, MatchRule.BoxOverlap, [.. files.SelectMany(DlibAnnotations.Read)])
                : throw new AnnotationException($"{path}: no .xml annotations are in this folder. Name a .csv file, or a folder with dlib's XML files.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AnnotationException($"{path}: there is no such file or folder.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AnnotationException($"{path}: cannot be read: {exception.Message}", exception);
        }
        catch (XmlException exception)
        {
            throw new AnnotationException($"{exception.SourceUri ?? path}({exception.LineNumber},{exception.LinePosition}): not well-formed XML: {exception.Message}", exception);
        }
    }

    private static AnnotationSet ReadFile(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".XML" => new AnnotationSet(path, MatchRule.BoxOverlap, [.. DlibAnnotations.Read(path)]),
        ".CSV" => CsvAnnotations.Read(path),
        _ => throw new AnnotationException(
            File.Exists(path) ? $"{path}: annotations are .xml (dlib's) or .csv files." : $"{path}: there is no such file or folder."),
    };
}
