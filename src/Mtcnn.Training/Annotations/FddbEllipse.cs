using Mtcnn.Faces;

namespace Mtcnn.Training.Annotations;

/// <summary>An ellipse that marks a face in FDDB.</summary>
/// <param name="Center">The middle, in pixels.</param>
/// <param name="MajorRadius">Half of the longer axis, in pixels.</param>
/// <param name="MinorRadius">Half of the shorter axis, in pixels.</param>
/// <param name="Angle">The angle from the x axis to the longer axis, in radians; positive turns clockwise on the screen.</param>
public readonly record struct FddbEllipse(ImagePoint Center, double MajorRadius, double MinorRadius, double Angle)
{
    /// <summary>The smallest axis-aligned box that contains the ellipse.</summary>
    public Box Bounds
    {
        get
        {
            (double sine, double cosine) = Math.SinCos(Angle);
            double halfWidth = double.Hypot(MajorRadius * cosine, MinorRadius * sine);
            double halfHeight = double.Hypot(MajorRadius * sine, MinorRadius * cosine);
            return new Box(Center.X - halfWidth, Center.Y - halfHeight, Center.X + halfWidth, Center.Y + halfHeight);
        }
    }
}
