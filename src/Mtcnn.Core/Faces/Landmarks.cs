namespace Mtcnn.Faces;

/// <summary>
/// The five points of a face, in pixels of the image, in MTCNN's order. Left and right are the viewer's: on an upright
/// face the left eye has the smaller x.
/// </summary>
/// <param name="LeftEye">The eye on the left of the image.</param>
/// <param name="RightEye">The eye on the right of the image.</param>
/// <param name="Nose">The tip of the nose.</param>
/// <param name="LeftMouth">The corner of the mouth on the left of the image.</param>
/// <param name="RightMouth">The corner of the mouth on the right of the image.</param>
public readonly record struct Landmarks(
    ImagePoint LeftEye, ImagePoint RightEye, ImagePoint Nose, ImagePoint LeftMouth, ImagePoint RightMouth)
{
    /// <summary>How many points there are: 5.</summary>
    public const int Count = 5;

    /// <summary>Makes landmarks from five points in MTCNN's order.</summary>
    /// <exception cref="ArgumentException">There are not exactly five points.</exception>
    public Landmarks(ReadOnlySpan<ImagePoint> points)
        : this(Checked(points)[0], points[1], points[2], points[3], points[4])
    {
    }

    /// <summary>The point of an index from 0 to 4: left eye, right eye, nose, left mouth corner, right mouth corner.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is below 0 or above 4.</exception>
    public ImagePoint this[int index] => index switch
    {
        0 => LeftEye,
        1 => RightEye,
        2 => Nose,
        3 => LeftMouth,
        4 => RightMouth,
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "A face has landmarks 0 to 4."),
    };

    /// <summary>The distance between the eyes in pixels: the unit of landmark errors.</summary>
    public double EyeDistance => LeftEye.DistanceTo(RightEye);

    /// <summary>The points in MTCNN's order, as a new array.</summary>
    public ImagePoint[] ToArray() => [LeftEye, RightEye, Nose, LeftMouth, RightMouth];

    /// <summary>Goes through the points in MTCNN's order.</summary>
    public IEnumerator<ImagePoint> GetEnumerator() => ((IEnumerable<ImagePoint>)ToArray()).GetEnumerator();

    /// <summary>The points in MTCNN's order, each to a tenth of a pixel: <c>204.2,98.9  247.4,101.4</c> and so on, the same in every culture.</summary>
    public override string ToString() => string.Join("  ", ToArray());

    private static ReadOnlySpan<ImagePoint> Checked(ReadOnlySpan<ImagePoint> points) => points.Length == Count
        ? points
        : throw new ArgumentException($"A face has {Count} landmarks, not {points.Length}.", nameof(points));
}
