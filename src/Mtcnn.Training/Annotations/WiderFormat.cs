using System.Globalization;
using Mtcnn.Faces;

namespace Mtcnn.Training.Annotations;

/// <summary>Reads WIDER FACE's text lists: an image's path, the number of its faces, and a line of ten numbers per face.</summary>
internal sealed class WiderFormat() : AnnotationFormat("wider", "WIDER FACE's wider_face_*_bbx_gt.txt")
{
    private const int FaceNumbers = 10;
    private const int IsInvalid = 7;

    internal override bool Matches(AnnotationSource source) => source.CountsFaces;

    internal override AnnotationSet Read(AnnotationSource source)
    {
        ImageCollector images = new(source.Images);
        using IEnumerator<TextLine> lines = TextLine.Of(source.Path).GetEnumerator();
        while (lines.MoveNext())
        {
            TextLine named = lines.Current;
            string image = images.AddImage(named.Text.Trim(), named.Place);
            int count = CountOf(lines, named);

            // An image without faces also has a line, which contains zeros.
            for (int face = 0; face < Math.Max(count, 1); face++)
            {
                if (!lines.MoveNext())
                {
                    throw named.Wrong($"expected {count} faces, but the file ends after {face}");
                }

                if (count > 0)
                {
                    images.AddFace(image, FaceOf(lines.Current));
                }
            }
        }

        return images.ToSet(source.Path, MatchRule.BoxOverlap);
    }

    private static int CountOf(IEnumerator<TextLine> lines, TextLine named) =>
        lines.MoveNext() && int.TryParse(lines.Current.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int count) && count >= 0
            ? count
            : throw named.Wrong("expected the number of faces in the next line");

    // left top width height blur expression illumination invalid occlusion pose
    private static AnnotatedFace FaceOf(TextLine line)
    {
        double[] numbers = line.Numbers(line.Words, "ten numbers for a face");
        return numbers.Length == FaceNumbers
            ? new AnnotatedFace(new Box(numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3]), [], null, numbers[IsInvalid] != 0) { Place = line.Place }
            : throw line.Wrong($"expected {FaceNumbers} numbers for a face, but the line has {numbers.Length}");
    }
}
