using Mtcnn.Faces;

namespace Mtcnn.Training.Annotations;

/// <summary>Reads the reference repository's lists: a line per image, its path without extension, then left, top, right and bottom of each face.</summary>
internal sealed class BoxListFormat() : AnnotationFormat("list", "mtcnn-caffe's list: a line per image, its path without extension, then left, top, right and bottom of each face")
{
    private const int Edges = 4;

    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".JPG"];

    internal override bool Matches(AnnotationSource source) =>
        source.Lines is [{ Words: { Length: > Edges } words }, ..] && Array.TrueForAll(words[1..], AnnotationSource.IsNumber);

    internal override AnnotationSet Read(AnnotationSource source)
    {
        string images = source.Images;
        ImageCollector collector = new(images);
        foreach (TextLine line in TextLine.Of(source.Path))
        {
            string[] words = line.Words;
            double[] numbers = line.Numbers(words.AsSpan(1), "a path and four edges per face");
            if (numbers.Length % Edges != 0)
            {
                throw line.Wrong($"expected a path and four edges per face, but the line has {numbers.Length} numbers, which is not a multiple of four");
            }

            string image = collector.AddImage(WithExtension(words[0], images), line.Place);
            foreach (double[] edges in numbers.Chunk(Edges))
            {
                collector.AddFace(image, new AnnotatedFace(new Box(edges[0], edges[1], edges[2], edges[3]), [], null) { Place = line.Place });
            }
        }

        return collector.ToSet(source.Path, MatchRule.BoxOverlap);
    }

    // A path that exists is used unchanged, because a name may contain a point that does not begin an extension.
    private static string WithExtension(string path, string images) =>
        File.Exists(Path.Combine(images, path))
            ? path
            : path + (Extensions.FirstOrDefault(extension => File.Exists(Path.Combine(images, path + extension))) ?? Extensions[0]);
}
