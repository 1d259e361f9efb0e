using System.Globalization;
using Mtcnn.Faces;

namespace Mtcnn.Training.Annotations;

/// <summary>Reads CelebA's lists: the number of images, the names of the columns, and a line per image, which shows one face.</summary>
internal sealed class CelebAFormat() : AnnotationFormat("celeba", "CelebA's list_bbox_celeba.txt and list_landmarks_celeba.txt, or their folder")
{
    private const string BoxesFile = "list_bbox_celeba.txt";
    private const string PointsFile = "list_landmarks_celeba.txt";

    private const int HeaderLines = 2;
    private const int BoxNumbers = 4;

    internal override bool Matches(AnnotationSource source) =>
        source.FolderHas(BoxesFile) || source.FolderHas(PointsFile) || (source.Lines is [var first, ..] && AnnotationSource.IsNumber(first.Text));

    internal override AnnotationSet Read(AnnotationSource source)
    {
        string folder = source.Folder;
        Dictionary<string, (TextLine Line, double[] Numbers)> boxes = ReadList(Path.Combine(folder, BoxesFile), BoxNumbers).ToDictionary(
            entry => entry.Name, entry => (entry.Line, entry.Numbers), StringComparer.Ordinal);
        ImageCollector images = new(source.Images);
        foreach ((string name, TextLine line, double[] numbers) in ReadList(Path.Combine(folder, PointsFile), 2 * Landmarks.Count))
        {
            if (!boxes.TryGetValue(name, out (TextLine Line, double[] Numbers) box))
            {
                throw line.Wrong($"{name} has points, but {BoxesFile} has no line for it");
            }

            double[] edges = box.Numbers;
            Landmarks points = new([.. numbers.Chunk(2).Select(pair => new ImagePoint(pair[0], pair[1]))]);
            images.AddFace(
                images.AddImage(name, line.Place),
                new AnnotatedFace(new Box(edges[0], edges[1], edges[0] + edges[2], edges[1] + edges[3]), points.ToArray(), points) { Place = box.Line.Place });
        }

        return images.ToSet(folder, MatchRule.AroundMiddle);
    }

    private static IEnumerable<(string Name, TextLine Line, double[] Numbers)> ReadList(string path, int count)
    {
        foreach (TextLine line in TextLine.Of(path).Skip(HeaderLines))
        {
            string[] words = line.Words;
            double[] numbers = line.Numbers(words.AsSpan(1), string.Create(CultureInfo.InvariantCulture, $"an image and {count} numbers"));
            yield return numbers.Length == count
                ? (words[0], line, numbers)
                : throw line.Wrong($"expected an image and {count} numbers, but the line has {numbers.Length}");
        }
    }
}
