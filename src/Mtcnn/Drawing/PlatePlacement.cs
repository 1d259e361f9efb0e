using Mtcnn.Faces;
using OpenCvSharp;

namespace Mtcnn.Drawing;

/// <summary>Finds places for the plates with scores: inside the image, beside their own box, over as little as possible of faces and other plates.</summary>
internal sealed class PlatePlacement(Size image, IEnumerable<Box> faces)
{
    // A hidden score is worse than a hidden forehead.
    private const double PlateWeight = 4;

    private readonly Rect2d[] _faces = [.. faces.Select(face => new Rect2d(face.Left, face.Top, face.Width, face.Height))];
    private readonly List<Rect2d> _plates = [];

    /// <summary>Takes the best place for a plate: above the box, else below it, else at its top edge on the inside.</summary>
    /// <param name="box">The face's box; not empty.</param>
    /// <param name="plate">The plate's size; fits the image.</param>
    /// <param name="edge">How far the drawn line reaches out of the box, in pixels.</param>
    public Rect Take(Box box, Size plate, int edge)
    {
        double[] tops = [box.Top - edge - plate.Height, box.Bottom + edge, box.Top - edge];
        double[] lefts = [box.Left - edge, box.Right + edge - plate.Width];
        Rect best = tops
            .SelectMany(top => lefts, (top, left) => new Rect(
                Clamp(left, image.Width - plate.Width), Clamp(top, image.Height - plate.Height), plate.Width, plate.Height))
            .MinBy(Hidden);
        _plates.Add(ToDouble(best));
        return best;
    }

    private double Hidden(Rect plate)
    {
        Rect2d place = ToDouble(plate);
        return _faces.Sum(face => CommonArea(face, place)) + (PlateWeight * _plates.Sum(other => CommonArea(other, place)));
    }

    private static double CommonArea(Rect2d first, Rect2d second)
    {
        Rect2d common = first & second;
        return common.Width * common.Height;
    }

    private static Rect2d ToDouble(Rect rect) => new(rect.X, rect.Y, rect.Width, rect.Height);

    private static int Clamp(double place, int last) => (int)Math.Round(Math.Clamp(place, 0, last));
}
