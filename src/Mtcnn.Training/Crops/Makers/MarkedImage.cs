using Mtcnn.Faces;
using Mtcnn.Training.Options;
using OpenCvSharp;

namespace Mtcnn.Training.Crops.Makers;

/// <summary>A decoded image with its faces.</summary>
/// <param name="Image">The image, 8-bit BGR.</param>
/// <param name="Faces">Its faces.</param>
/// <param name="EveryFaceIsMarked">Whether every face is marked, so that the rest is background.</param>
internal sealed record MarkedImage(Mat Image, IReadOnlyList<MarkedFace> Faces, bool EveryFaceIsMarked)
{
    public Rect Area => new(0, 0, Image.Width, Image.Height);

    /// <summary>Returns the face that a box overlaps most, and the overlap; null if it overlaps no face.</summary>
    public (MarkedFace? Face, double Overlap) NearestOf(Box box)
    {
        (MarkedFace? Face, double Overlap) best = default;
        foreach (MarkedFace face in Faces)
        {
            double overlap = face.Box.OverlapWith(box);
            if (overlap > best.Overlap)
            {
                best = (face, overlap);
            }
        }

        return best;
    }

    /// <summary>Whether a box is certain to contain no face.</summary>
    public bool IsNegative(Box box, CropOptions options)
    {
        (_, double overlap) = NearestOf(box);
        return overlap < options.NegativeOverlap
            && (EveryFaceIsMarked || overlap >= options.NegativeOverlapWhereUnmarked)
            && !Faces.Any(face => face.IsIgnored && face.Box.OverlapWith(box) > 0);
    }
}
