using Mtcnn.Faces;
using Mtcnn.Pixels;
using Mtcnn.Sampling;

namespace Mtcnn.Cascade.Stages;

/// <summary>The square around a landmark that the landmark net sees.</summary>
/// <param name="Landmark">The landmark in pixels of the image, in the middle of the patch.</param>
/// <param name="Side">The patch's side in pixels of the image, even; see <see cref="SideOf"/>.</param>
internal readonly record struct LandmarkPatch(ImagePoint Landmark, int Side)
{
    /// <summary>How many values the net sees of it.</summary>
    public const int Length = Resampling.Channels * LandmarkRefinement.PatchSide * LandmarkRefinement.PatchSide;

    // A patch is so much of the longer side of the face's box.
    private const double Share = 0.25;

    private static readonly ImageSize s_size = new(LandmarkRefinement.PatchSide, LandmarkRefinement.PatchSide);

    /// <summary>Its pixels in the image, which it may leave.</summary>
    public PixelRect Region => new((int)Left, (int)Top, Side + 1, Side + 1);

    // Counted in whole pixels, both edges included.
    private double Left => Landmark.X - (Side / 2);

    private double Top => Landmark.Y - (Side / 2);

    /// <summary>The side of a face's patches: even, so that the landmark is in the middle.</summary>
    /// <param name="longerSide">The longer side of the face's box in pixels.</param>
    public static int SideOf(double longerSide)
    {
        int side = (int)(Share * (longerSide + 1));
        return side + (side % 2);
    }

    /// <summary>Cuts it out, black where it leaves the image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="planes">Room for <see cref="Length"/> values, as the net takes them.</param>
    public void Cut(BgrImage image, Span<float> planes) =>
        Resampler.InBytes(image, new Resampling(Region, s_size, PixelFormat.Rgb24), planes);

    /// <summary>Where a point of the image is in the patch, in its sides; 0.5, 0.5 for the landmark.</summary>
    public (double X, double Y) PlaceOf(ImagePoint point) => ((point.X - Left) / Side, (point.Y - Top) / Side);

    /// <summary>The point of the image at a place in the patch.</summary>
    public ImagePoint PointAt(float x, float y) => new(Left + (Side * x), Top + (Side * y));
}
