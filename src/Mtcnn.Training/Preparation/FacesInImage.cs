using Mtcnn.Faces;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Crops.Makers;
using OpenCvSharp;

namespace Mtcnn.Training.Preparation;

/// <summary>Converts annotated faces to faces to cut crops around, with the size of the decoded image.</summary>
internal static class FacesInImage
{
    /// <param name="source">The set and its rules.</param>
    /// <param name="annotated">The annotated image.</param>
    /// <param name="pixels">The decoded image.</param>
    /// <param name="problems">Receives the faces that cannot be used.</param>
    public static IReadOnlyList<MarkedFace> Of(CropSource source, AnnotatedImage annotated, Mat pixels, List<string> problems)
    {
        List<MarkedFace> faces = [];
        foreach (AnnotatedFace face in annotated.Faces)
        {
            string place = face.Place ?? annotated.Place ?? source.Annotations.Name;
            Box? box = (source.BoxesFromPoints ? PointBox.Of(face) : null) ?? face.Box ?? PointBox.Of(face);
            if (box is not { IsEmpty: false } whole)
            {
                problems.Add($"{place}: a face in {annotated.Path} has no box and no points to compute one from; it is left out.");
            }
            else if (whole.ClippedTo(pixels.Width, pixels.Height).IsEmpty)
            {
                problems.Add(FormattableString.Invariant(
                    $"{place}: the face at {whole.Left:0.#}, {whole.Top:0.#} is outside {annotated.Path}, which is {pixels.Width} x {pixels.Height} pixels; it is left out."));
            }
            else
            {
                faces.Add(new MarkedFace(whole, PointsInside(face, annotated, pixels, place, problems), face.IsIgnored));
            }
        }

        return faces;
    }

    private static Landmarks? PointsInside(AnnotatedFace face, AnnotatedImage annotated, Mat pixels, string place, List<string> problems)
    {
        if (face.Landmarks is not { } points || points.ToArray().All(new Box(0, 0, pixels.Width, pixels.Height).Contains))
        {
            return face.Landmarks;
        }

        problems.Add(FormattableString.Invariant(
            $"{place}: a point is outside {annotated.Path}, which is {pixels.Width} x {pixels.Height} pixels; no landmark crops are cut for this face."));
        return null;
    }
}
