using Mtcnn.Faces;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Crops.Makers;
using OpenCvSharp;

namespace Mtcnn.Training.Preparation;

/// <summary>Makes faces to cut crops by of faces as they are marked, now that the picture's size is known.</summary>
internal static class FacesInPicture
{
    /// <param name="source">The set and its rules.</param>
    /// <param name="picture">The picture as it is marked.</param>
    /// <param name="image">The picture.</param>
    /// <param name="problems">Told of faces that cannot be used.</param>
    public static IReadOnlyList<MarkedFace> Of(CropSource source, AnnotatedPicture picture, Mat image, List<string> problems)
    {
        List<MarkedFace> faces = [];
        foreach (AnnotatedFace face in picture.Faces)
        {
            string place = face.Place ?? picture.Place ?? source.Annotations.Name;
            Box? box = (source.BoxesFromPoints ? PointBox.Of(face) : null) ?? face.Box ?? PointBox.Of(face);
            if (box is not { IsEmpty: false } whole)
            {
                problems.Add($"{place}: a face in {picture.Path} has no box, and no points to make one of; it is left out.");
            }
            else if (whole.ClippedTo(image.Width, image.Height).IsEmpty)
            {
                problems.Add(FormattableString.Invariant(
                    $"{place}: the face at {whole.Left:0.#}, {whole.Top:0.#} is outside {picture.Path}, which is {image.Width} x {image.Height} pixels; it is left out."));
            }
            else
            {
                faces.Add(new MarkedFace(whole, PointsInside(face, picture, image, place, problems), face.IsIgnored));
            }
        }

        return faces;
    }

    private static Landmarks? PointsInside(AnnotatedFace face, AnnotatedPicture picture, Mat image, string place, List<string> problems)
    {
        if (face.Landmarks is not { } points || points.ToArray().All(new Box(0, 0, image.Width, image.Height).Contains))
        {
            return face.Landmarks;
        }

        problems.Add(FormattableString.Invariant(
            $"{place}: a point is outside {picture.Path}, which is {image.Width} x {image.Height} pixels; no landmark crops are cut of this face."));
        return null;
    }
}
