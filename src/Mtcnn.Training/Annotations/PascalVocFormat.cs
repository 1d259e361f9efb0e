using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Mtcnn.Faces;

namespace Mtcnn.Training.Annotations;

/// <summary>Reads the XML of Pascal VOC, a file per image. Its edges count pixels from 1 and are inclusive.</summary>
internal sealed class PascalVocFormat() : AnnotationFormat("voc", "the XML of Pascal VOC, a file per image, or a folder of such files; every object is a face")
{
    private const string Root = "annotation";

    /// <summary>The folder of images beside the folder of annotations, as in VOC.</summary>
    private const string ImagesFolder = "JPEGImages";

    internal override bool Matches(AnnotationSource source) => source.XmlRoot == Root;

    internal override AnnotationSet Read(AnnotationSource source)
    {
        ImageCollector images = new(source.NamedImages ?? FolderOfImages(Path.GetFullPath(source.Folder)));
        foreach (string file in source.IsFolder ? source.XmlFiles : [source.Path])
        {
            XElement root = XDocument.Load(file, LoadOptions.SetLineInfo).Root!;
            string image = images.AddImage(Child(file, root, "filename").Value.Trim(), PlaceOf(file, root));
            foreach (XElement found in root.Elements("object"))
            {
                images.AddFace(image, FaceOf(file, found));
            }
        }

        return images.ToSet(source.Path, MatchRule.BoxOverlap);
    }

    private static string FolderOfImages(string folder)
    {
        string beside = Path.Combine(Path.GetDirectoryName(folder) ?? folder, ImagesFolder);
        return Directory.Exists(beside) ? beside : folder;
    }

    private static AnnotatedFace FaceOf(string file, XElement found)
    {
        XElement box = Child(file, found, "bndbox");
        Box edges = new(Number(file, box, "xmin") - 1, Number(file, box, "ymin") - 1, Number(file, box, "xmax"), Number(file, box, "ymax"));
        return new AnnotatedFace(edges, [], null, found.Element("difficult")?.Value.Trim() == "1") { Place = PlaceOf(file, found) };
    }

    private static XElement Child(string file, XElement element, string name) =>
        element.Element(name) ?? throw new AnnotationException($"{PlaceOf(file, element)}: <{element.Name}> has no <{name}>, which Pascal VOC requires.");

    private static double Number(string file, XElement element, string name)
    {
        XElement child = Child(file, element, name);
        return double.TryParse(child.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new AnnotationException($"{PlaceOf(file, child)}: <{name}> is not a number: \"{child.Value}\".");
    }

    private static string PlaceOf(string file, XElement element) => $"{file}({((IXmlLineInfo)element).LineNumber})";
}
