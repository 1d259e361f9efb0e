using Mtcnn.Faces;
using Mtcnn.Training.Options;
using OpenCvSharp;

namespace Mtcnn.Training.Crops.Makers;

/// <summary>Cuts random crops as the reference does for 12net: negatives anywhere, positives and parts around each face.</summary>
internal sealed class ProposalCrops(int side, CropOptions options) : ICropMaker
{
    // Near negatives have half to twice the size of the face, and their centres are at most one side of the face away.
    private const double SmallestNear = 0.5;
    private const double LargestNear = 2;

    public void Make(MarkedImage image, SplitMix random, Action<Crop> add)
    {
        AddNegatives(image, ref random, add);
        foreach (MarkedFace face in image.Faces)
        {
            if (!face.IsIgnored && face.LongerSide >= options.SmallestFace && (options.MayLeaveImage || BeginsInside(face, image)))
            {
                AddAround(face, image, ref random, add);
                AddNear(face, image, ref random, add);
            }
        }
    }

    private void AddNegatives(MarkedImage image, ref SplitMix random, Action<Crop> add)
    {
        double largest = Math.Min(image.Image.Width, image.Image.Height) * options.LargestNegative;
        if (largest <= options.SmallestNegative)
        {
            return;
        }

        for (int i = 0; i < options.NegativesOfImage; i++)
        {
            for (int attempt = 0; attempt < options.TriesOfNegative; attempt++)
            {
                double size = options.NegativesByScale
                    ? options.SmallestNegative * Math.Pow(largest / options.SmallestNegative, random.NextDouble())
                    : random.NextBetween(options.SmallestNegative, largest);
                int length = (int)size;
                Rect region = new(
                    (int)random.NextBetween(0, image.Image.Width - length), (int)random.NextBetween(0, image.Image.Height - length), length, length);
                if (image.IsNegative(FaceCrops.BoxOf(region), options))
                {
                    add(FaceCrops.Negative(image, region, side));
                    break;
                }
            }
        }
    }

    private void AddAround(MarkedFace face, MarkedImage image, ref SplitMix random, Action<Crop> add)
    {
        int positives = 0;
        int parts = 0;
        for (int attempt = 0; attempt < options.TriesOfFace; attempt++)
        {
            double size = random.NextBetween(options.SmallestSide * face.ShorterSide, options.LargestSide * face.LongerSide);
            Rect region = RegionAround(face, size, options.LargestShift * face.Box.Width, options.LargestShift * face.Box.Height, ref random);
            if (!IsUsable(region, image))
            {
                continue;
            }

            CropKind? kind = FaceCrops.KindOf(face, face.Box.OverlapWith(FaceCrops.BoxOf(region)), options);
            if ((kind == CropKind.Positive && positives++ < options.PositivesOfFace) || (kind == CropKind.Part && parts++ < options.PartsOfFace))
            {
                add(FaceCrops.Of(kind.Value, face, image, region, side));
            }
        }
    }

    private void AddNear(MarkedFace face, MarkedImage image, ref SplitMix random, Action<Crop> add)
    {
        for (int i = 0; i < options.NegativesOfFace; i++)
        {
            for (int attempt = 0; attempt < options.TriesOfNegative; attempt++)
            {
                Rect region = RegionAround(
                    face, face.LongerSide * random.NextBetween(SmallestNear, LargestNear), face.LongerSide, face.LongerSide, ref random);
                Box box = FaceCrops.BoxOf(region);
                if (IsUsable(region, image) && face.Box.OverlapWith(box) > 0 && image.IsNegative(box, options))
                {
                    add(FaceCrops.Negative(image, region, side));
                    break;
                }
            }
        }
    }

    private static Rect RegionAround(MarkedFace face, double size, double shiftX, double shiftY, ref SplitMix random)
    {
        int length = (int)size;
        ImagePoint center = face.Box.Center;
        return new Rect(
            (int)Math.Round(center.X + random.NextBetween(-shiftX, shiftX) - (length / 2.0)),
            (int)Math.Round(center.Y + random.NextBetween(-shiftY, shiftY) - (length / 2.0)),
            length,
            length);
    }

    // This is the reference's rule.
    private static bool BeginsInside(MarkedFace face, MarkedImage image) => image.Area.Contains(new Point(face.Box.Left, face.Box.Top));

    private bool IsUsable(Rect region, MarkedImage image) =>
        region.Width > 1 && (options.MayLeaveImage || image.Area.Contains(region));
}
