using System.Xml;

namespace Mtcnn.Training.Annotations;

/// <summary>
/// Reads annotated images in the formats of <see cref="AnnotationFormats"/>. It reads the CSV columns <c>image</c>, <c>left, top, right, bottom</c>, and
/// <c>X_x, X_y</c> where X is <c>left_eye</c>, <c>right_eye</c>, <c>nose</c>, <c>left_mouth</c>, <c>right_mouth</c> or <c>mouth</c>. Boxes without a size and
/// duplicate faces are left out and reported in <see cref="AnnotationSet.Problems"/>. Thread-safe.
/// </summary>
public static class AnnotationReader
{
    /// <summary>Reads a file of annotations, or a folder of them as one set.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="format">Its format; null to detect the format from the name and the content.</param>
    /// <param name="images">The folder that the images' paths are relative to; null for the folder of the annotations.</param>
    /// <exception cref="AnnotationException">The file is missing or invalid; the message says where and why.</exception>
    public static AnnotationSet Read(string path, AnnotationFormat? format = null, string? images = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (!Path.Exists(path))
            {
                throw new FileNotFoundException(null, path);
            }

            AnnotationSource source = new(path, images);
            return (format ?? AnnotationFormats.Detect(source)).Read(source);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AnnotationException($"{(exception as FileNotFoundException)?.FileName ?? path}: there is no such file or folder.", exception);
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
}
