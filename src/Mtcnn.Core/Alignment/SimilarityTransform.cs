using Mtcnn.Faces;

namespace Mtcnn.Alignment;

/// <summary>
/// Rotation, uniform scale and shift of the plane, without reflection:
/// <c>x' = ScaledCos * x - ScaledSin * y + ShiftX</c>, <c>y' = ScaledSin * x + ScaledCos * y + ShiftY</c>. Immutable.
/// </summary>
/// <param name="ScaledCos">The scale times the cosine of the angle.</param>
/// <param name="ScaledSin">The scale times the sine of the angle.</param>
/// <param name="ShiftX">Pixels to the right.</param>
/// <param name="ShiftY">Pixels down.</param>
public readonly record struct SimilarityTransform(double ScaledCos, double ScaledSin, double ShiftX, double ShiftY)
{
    // Points nearer to each other than this, in pixels, say nothing about scale and angle.
    private const double SmallestSpread = 1e-3;

    /// <summary>Target pixels per source pixel; above 0.</summary>
    public double Scale => Math.Sqrt((ScaledCos * ScaledCos) + (ScaledSin * ScaledSin));

    /// <summary>The angle in radians from -pi to pi; positive turns clockwise as seen on the screen, as y goes down.</summary>
    public double Angle => Math.Atan2(ScaledSin, ScaledCos);

    /// <summary>
    /// The transform that takes the source points nearest to the target points, by least squares. It is the solution of S. Umeyama, "Least-squares
    /// estimation of transformation parameters between two point patterns" (IEEE PAMI 13(4), 1991), with its determinant of +1, which
    /// in the plane has this closed form.
    /// </summary>
    /// <param name="source">At least two points that do not all coincide.</param>
    /// <param name="target">As many points.</param>
    /// <exception cref="ArgumentException">The numbers of points differ, or the points do not determine a transform.</exception>
    public static SimilarityTransform Fit(ReadOnlySpan<ImagePoint> source, ReadOnlySpan<ImagePoint> target)
    {
        if (source.Length != target.Length || source.Length < 2)
        {
            throw new ArgumentException($"A fit takes two or more points and as many targets, not {source.Length} and {target.Length}.", nameof(source));
        }

        ImagePoint from = Mean(source);
        ImagePoint to = Mean(target);
        double variance = 0;
        double dot = 0;
        double cross = 0;
        for (int i = 0; i < source.Length; i++)
        {
            double x = source[i].X - from.X;
            double y = source[i].Y - from.Y;
            double targetX = target[i].X - to.X;
            double targetY = target[i].Y - to.Y;
            variance += (x * x) + (y * y);
            dot += (x * targetX) + (y * targetY);
            cross += (x * targetY) - (y * targetX);
        }

        if (!double.IsFinite(variance) || !double.IsFinite(dot) || !double.IsFinite(cross))
        {
            throw new ArgumentException("A point has a coordinate that is not a finite number.", nameof(source));
        }

        if (Math.Sqrt(variance / source.Length) < SmallestSpread || Math.Sqrt((dot * dot) + (cross * cross)) <= SmallestSpread * SmallestSpread)
        {
            throw new ArgumentException("The points coincide or contradict the targets, so that they give no scale and angle.", nameof(source));
        }

        double cos = dot / variance;
        double sin = cross / variance;
        return new SimilarityTransform(cos, sin, to.X - (cos * from.X) + (sin * from.Y), to.Y - (sin * from.X) - (cos * from.Y));
    }

    /// <summary>Where a point goes.</summary>
    public ImagePoint Apply(ImagePoint point) =>
        new((ScaledCos * point.X) - (ScaledSin * point.Y) + ShiftX, (ScaledSin * point.X) + (ScaledCos * point.Y) + ShiftY);

    /// <summary>Where five landmarks go.</summary>
    public Landmarks Apply(Landmarks landmarks) => new(Array.ConvertAll(landmarks.ToArray(), Apply));

    /// <summary>The transform that undoes this one.</summary>
    public SimilarityTransform Inverse()
    {
        double square = (ScaledCos * ScaledCos) + (ScaledSin * ScaledSin);
        double cos = ScaledCos / square;
        double sin = -ScaledSin / square;
        return new SimilarityTransform(cos, sin, (sin * ShiftY) - (cos * ShiftX), -(sin * ShiftX) - (cos * ShiftY));
    }

    /// <summary>The 2 x 3 matrix that takes <c>(x, y, 1)</c> to the target, row by row, as <c>cv::warpAffine</c> requires it.</summary>
    public double[] ToMatrix() => [ScaledCos, -ScaledSin, ShiftX, ScaledSin, ScaledCos, ShiftY];

    private static ImagePoint Mean(ReadOnlySpan<ImagePoint> points)
    {
        double x = 0;
        double y = 0;
        foreach (ImagePoint point in points)
        {
            x += point.X;
            y += point.Y;
        }

        return new ImagePoint(x / points.Length, y / points.Length);
    }
}
