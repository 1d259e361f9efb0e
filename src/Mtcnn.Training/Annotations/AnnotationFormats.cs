using System.Globalization;
using System.Xml;

namespace Mtcnn.Training.Annotations;

/// <summary>Tells what form of annotations a file or folder is, by its name and what is in it.</summary>
internal static class AnnotationFormats
{
    private const string VocRoot = "annotation";
    private const int FddbWords = 6;

    /// <exception cref="AnnotationException">It is none that is known.</exception>
    public static AnnotationFormat Tell(string path)
    {
        if (Directory.Exists(path))
        {
            return TellFolder(path);
        }

        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => AnnotationFormat.Csv,
            ".XML" => TellXml(path),
            _ => TellText(path),
        };
    }

    private static AnnotationFormat TellFolder(string folder)
    {
        if (Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal).FirstOrDefault() is { } first)
        {
            return TellXml(first);
        }

        if (Directory.EnumerateFiles(folder, "*ellipseList.txt").Any())
        {
            return AnnotationFormat.Fddb;
        }

        return File.Exists(Path.Combine(folder, CelebAList.BoxesFile)) || File.Exists(Path.Combine(folder, CelebAList.PointsFile))
            ? AnnotationFormat.CelebA
            : throw new AnnotationException(
                $"{folder}: no .xml annotations are in this folder, and no lists of FDDB or CelebA. Name a file, or a folder with the annotations of dlib, Pascal VOC, FDDB or CelebA.");
    }

    private static AnnotationFormat TellXml(string path)
    {
        using XmlReader reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return reader.MoveToContent() == XmlNodeType.Element && reader.LocalName == VocRoot ? AnnotationFormat.PascalVoc : AnnotationFormat.Dlib;
    }

    // By the first lines: CelebA begins with a number; WIDER and FDDB have a number in the second line.
    private static AnnotationFormat TellText(string path)
    {
        TextLine[] lines = [.. TextLine.Of(path).Take(3)];
        if (lines.Length > 0 && IsNumber(lines[0].Text))
        {
            return AnnotationFormat.CelebA;
        }

        if (lines.Length > 1 && IsNumber(lines[1].Text) && lines[0].Words.Length == 1)
        {
            return lines.Length > 2 && lines[2].Words.Length <= FddbWords ? AnnotationFormat.Fddb : AnnotationFormat.Wider;
        }

        return lines.Length > 0 && lines[0].Words is { Length: > 4 } words && Array.TrueForAll(words[1..], IsNumber)
            ? AnnotationFormat.BoxList
            : throw new AnnotationException(
                $"{path}: these are no annotations that are known. They are .csv files with a header, the .xml of dlib and Pascal VOC, and the lists of WIDER FACE, FDDB, CelebA "
                + "and mtcnn-caffe.");
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
