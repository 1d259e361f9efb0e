using System.Globalization;
using System.Xml;

namespace Mtcnn.Training.Annotations;

/// <summary>A file or folder of annotations, with the properties that identify its format.</summary>
/// <param name="path">The file or folder; it exists.</param>
/// <param name="images">The folder that the images' paths are relative to; null if the caller did not name one.</param>
internal sealed class AnnotationSource(string path, string? images)
{
    private const int LinesRead = 3;

    private TextLine[]? _lines;
    private (bool IsRead, string? Name) _root;

    /// <summary>The path, as given.</summary>
    public string Path => path;

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => Directory.Exists(path);

    /// <summary>The folder itself, or the one that the file is in.</summary>
    public string Folder => IsFolder ? path : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;

    /// <summary>The folder of images that the caller named; null if none was named.</summary>
    public string? NamedImages => images;

    /// <summary>The folder that the images' paths are relative to: the named folder, or <see cref="Folder"/> if none was named.</summary>
    public string Images => images ?? System.IO.Path.GetFullPath(Folder);

    /// <summary>The XML files: the file itself, or the folder's XML files in the order of their names.</summary>
    public IReadOnlyList<string> XmlFiles =>
        IsFolder ? [.. Directory.EnumerateFiles(path, "*.xml").Order(StringComparer.Ordinal)] : HasExtension(".xml") ? [path] : [];

    /// <summary>The root element of the first XML file; null if there is no XML file.</summary>
    /// <exception cref="XmlException">The file is not well-formed.</exception>
    public string? XmlRoot
    {
        get
        {
            if (!_root.IsRead)
            {
                _root = (true, XmlFiles is [var first, ..] ? RootOf(first) : null);
            }

            return _root.Name;
        }
    }

    /// <summary>The first lines of a text file that are not blank, at most three. Empty for folders, CSV files and XML files.</summary>
    public IReadOnlyList<TextLine> Lines => _lines ??= IsFolder || HasExtension(".xml") || HasExtension(".csv") ? [] : [.. TextLine.Of(path).Take(LinesRead)];

    /// <summary>Whether the first line is the path of an image, and the second a number: the beginning of lists of faces per image.</summary>
    public bool CountsFaces => Lines.Count > 1 && !IsNumber(Lines[0].Text) && Lines[0].Words.Length == 1 && IsNumber(Lines[1].Text);

    /// <summary>Whether a text is one number.</summary>
    public static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>Whether it is a file with the extension. Case is ignored.</summary>
    public bool HasExtension(string extension) => !IsFolder && System.IO.Path.GetExtension(path).Equals(extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is a folder that contains a matching file.</summary>
    /// <param name="pattern">The name, in which <c>*</c> stands for any characters.</param>
    public bool FolderHas(string pattern) => IsFolder && Directory.EnumerateFiles(path, pattern).Any();

    private static string? RootOf(string file)
    {
        using XmlReader reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return reader.MoveToContent() == XmlNodeType.Element ? reader.LocalName : string.Empty;
    }
}
