using Mtcnn.Faces;
using Mtcnn.Training.Annotations;

namespace Mtcnn.Training.Preparation;

/// <summary>
/// Computes the box of a face from its points, similar to the box of the original weights. If c is the middle between the eyes' middle and the mouth's middle
/// and s the mean of the distance of the eyes and that of eyes and mouth, it is <c>c + s * (-1.09, -1.63, 0.97, 1.12)</c>: left, top, right, bottom.
/// </summary>
internal static class PointBox
{
    private const double Left = -1.09;
    private const double Top = -1.63;
    private const double Right = 0.97;
    private const double Bottom = 1.12;

    /// <summary>Computes the box of a face with five points, or with four: the eyes, the nose and the middle of the mouth.</summary>
    /// <returns>The box in pixels; null if other points or no points are marked, or if all points coincide.</returns>
    public static Box? Of(AnnotatedFace face) => face switch
    {
        { Landmarks: { } points } => Of(points.LeftEye, points.RightEye, Middle(points.LeftMouth, points.RightMouth)),
        { Points: [var left, var right, _, var mouth] } => Of(left, right, mouth),
        _ => null,
    };

    private static Box? Of(ImagePoint leftEye, ImagePoint rightEye, ImagePoint mouth)
    {
        ImagePoint eyes = Middle(leftEye, rightEye);
        ImagePoint center = Middle(eyes, mouth);
        double scale = (leftEye.DistanceTo(rightEye) + eyes.DistanceTo(mouth)) / 2;
        Box box = new(center.X + (Left * scale), center.Y + (Top * scale), center.X + (Right * scale), center.Y + (Bottom * scale));
        return box.IsEmpty ? null : box;
    }

    private static ImagePoint Middle(ImagePoint first, ImagePoint second) => new((first.X + second.X) / 2, (first.Y + second.Y) / 2);
}
