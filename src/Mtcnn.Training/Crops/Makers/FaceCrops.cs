using Mtcnn.Cascade.Boxes;
using Mtcnn.Faces;
using Mtcnn.Training.Options;
using OpenCvSharp;

namespace Mtcnn.Training.Crops.Makers;

/// <summary>Creates crops from regions whose kind is known.</summary>
internal static class FaceCrops
{
    public static Crop Negative(MarkedImage image, Rect region, int side) =>
        new(CropKind.Negative, side, CropPixels.Cut(image.Image, region, side), CropTargets.None);

    /// <summary>Returns a positive or a part, by its overlap with its nearest face; null if it is neither, or if the face is ignored.</summary>
    public static CropKind? KindOf(MarkedFace? face, double overlap, CropOptions options) => face switch
    {
        null or { IsIgnored: true } => null,
        _ when overlap >= options.PositiveOverlap => CropKind.Positive,
        _ when overlap >= options.PartOverlap => CropKind.Part,
        _ => null,
    };

    public static Crop Of(CropKind kind, MarkedFace face, MarkedImage image, Rect region, int side)
    {
        BoxOffsets offsets = new(
            (float)((face.Box.Left - region.Left) / region.Width),
            (float)((face.Box.Top - region.Top) / region.Height),
            (float)((face.Box.Right - region.Right) / region.Width),
            (float)((face.Box.Bottom - region.Bottom) / region.Height));
        return new Crop(kind, side, CropPixels.Cut(image.Image, region, side), new CropTargets(offsets, null));
    }

    public static Box BoxOf(Rect region) => new(region.Left, region.Top, region.Right, region.Bottom);
}
