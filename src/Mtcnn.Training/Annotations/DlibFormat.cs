using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Mtcnn.Faces;

namespace Mtcnn.Training.Annotations;

/// <summary>Reads the XML of dlib's imglab: a box per face, and the 68 points of iBUG 300-W, which are reduced to five.</summary>
internal sealed class DlibFormat() : AnnotationFormat("dlib", "the XML of dlib's imglab, or a folder of such files; 68 points are reduced to five")
{
    private const int LeftEyeFirst = 36;
    private const int RightEyeFirst = 42;
    private const int EyePoints = 6;
    private const int NoseTip = 30;
    private const int LeftMouthCorner = 48;
    private const int RightMouthCorner = 54;

    // Pascal VOC is tried before, and its root element has another name.
    internal override bool Matches(AnnotationSource source) => source.XmlRoot is not null;

    internal override AnnotationSet Read(AnnotationSource source)
    {
        ImageCollector collector = new(source.Images);
        foreach (string file in source.IsFolder ? source.XmlFiles : [source.Path])
        {
            foreach (XElement element in XDocument.Load(file, LoadOptions.SetLineInfo).Descendants("image"))
            {
                string image = collector.AddImage(Text(file, element, "file"), PlaceOf(file, element));
                foreach (XElement box in element.Elements("box"))
                {
                    collector.AddFace(image, ReadFace(file, box));
                }
            }
        }

        return collector.ToSet(source.Path, MatchRule.BoxOverlap);
    }

    private static AnnotatedFace ReadFace(string path, XElement box)
    {
        double left = Number(path, box, "left");
        double top = Number(path, box, "top");
        Box face = new(left, top, left + Number(path, box, "width"), top + Number(path, box, "height"));
        Dictionary<int, ImagePoint> points = [];
        foreach (XElement part in box.Elements("part"))
        {
            points[(int)Number(path, part, "name")] = new ImagePoint(Number(path, part, "x"), Number(path, part, "y"));
        }

        Landmarks? landmarks = Reduce(points);
        return new AnnotatedFace(face, landmarks?.ToArray() ?? [], landmarks) { Place = PlaceOf(path, box) };
    }

    private static Landmarks? Reduce(Dictionary<int, ImagePoint> points)
    {
        ImagePoint? leftEye = MeanOf(points, LeftEyeFirst);
        ImagePoint? rightEye = MeanOf(points, RightEyeFirst);
        return leftEye is { } left && rightEye is { } right
            && points.TryGetValue(NoseTip, out ImagePoint nose)
            && points.TryGetValue(LeftMouthCorner, out ImagePoint leftMouth)
            && points.TryGetValue(RightMouthCorner, out ImagePoint rightMouth)
            ? new Landmarks(left, right, nose, leftMouth, rightMouth)
            : null;
    }

    private static ImagePoint? MeanOf(Dictionary<int, ImagePoint> points, int first)
    {
        ImagePoint[] eye = [.. Enumerable.Range(first, EyePoints).Where(points.ContainsKey).Select(index => points[index])];
        return eye.Length == EyePoints ? new ImagePoint(eye.Average(point => point.X), eye.Average(point => point.Y)) : null;
    }

    private static double Number(string path, XElement element, string attribute) =>
        double.TryParse(Text(path, element, attribute), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Wrong(path, element, $"the attribute {attribute} is not a number: \"{element.Attribute(attribute)!.Value}\"");

    private static string Text(string path, XElement element, string attribute) =>
        element.Attribute(attribute)?.Value ?? throw Wrong(path, element, $"<{element.Name}> has no attribute {attribute}");

    private static AnnotationException Wrong(string path, XElement element, string problem) =>
        new($"{PlaceOf(path, element)}: {problem}.");

    private static string PlaceOf(string path, XElement element) => $"{path}({((IXmlLineInfo)element).LineNumber})";
}
