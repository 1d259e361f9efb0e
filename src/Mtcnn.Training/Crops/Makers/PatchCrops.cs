using Mtcnn.Alignment;
using Mtcnn.Cascade.Stages;
using Mtcnn.Faces;
using Mtcnn.Training.Options;
using OpenCvSharp;

namespace Mtcnn.Training.Crops.Makers;

/// <summary>
/// Cuts the five patches of faces with five points, as the detector does around the landmarks of 48net. The centres are the true landmarks with random shifts,
/// common and separate. Except for the first patches of a face, the image is rotated.
/// </summary>
internal sealed class PatchCrops(CropOptions options) : ICropMaker
{
    private const int Side = LandmarkRefinement.PatchSide;
    private const double LargestRotations = 3;

    // In a profile, the eyes are close together, but 48net's errors are not smaller.
    private const double LeastEyeDistance = 0.35;

    public void Make(MarkedImage image, SplitMix random, Action<Crop> add)
    {
        foreach (MarkedFace face in image.Faces)
        {
            if (face is { IsIgnored: false, Points: { } points } && face.LongerSide >= options.SmallestFace)
            {
                for (int i = 0; i < options.PatchesOfFace; i++)
                {
                    double degrees = i == 0 ? 0 : options.PatchRotation * Math.Clamp(random.NextNormal(), -LargestRotations, LargestRotations);
                    if (Cut(image.Image, face, points, degrees * Math.PI / 180, ref random) is { } crop)
                    {
                        add(crop);
                    }
                }
            }
        }
    }

    /// <summary>Returns null if a true landmark is outside its patch.</summary>
    private Crop? Cut(Mat image, MarkedFace face, Landmarks points, double turn, ref SplitMix random)
    {
        SimilarityTransform turned = Turn(face.Box.Center, turn);
        Landmarks truth = turned.Apply(points);
        LandmarkPatch[] patches = Around(truth, face, ref random);
        if (TargetsOf(patches, truth) is not { } targets)
        {
            return null;
        }

        byte[] pixels = new byte[Landmarks.Count * LandmarkPatch.Length];
        if (turn == 0)
        {
            Fill(pixels, patches, image, default);
        }
        else
        {
            // Only the patches of the rotated image are computed.
            Rect seen = patches.Select(RegionOf).Aggregate((all, region) => all | region);
            SimilarityTransform moved = turned with { ShiftX = turned.ShiftX - seen.X, ShiftY = turned.ShiftY - seen.Y };
            using Mat part = new();
            using Mat matrix = Mat.FromPixelData(2, 3, MatType.CV_64FC1, moved.ToMatrix());
            Cv2.WarpAffine(image, part, matrix, seen.Size, InterpolationFlags.Linear, BorderTypes.Constant, Scalar.All(0));
            Fill(pixels, patches, part, seen.Location);
        }

        return new Crop(CropKind.Landmark, Side, pixels, new CropTargets(null, targets));
    }

    private LandmarkPatch[] Around(Landmarks truth, MarkedFace face, ref SplitMix random)
    {
        double eyes = Math.Max(truth.EyeDistance, LeastEyeDistance * face.LongerSide);
        int side = LandmarkPatch.SideOf(face.LongerSide * random.NextBetween(options.SmallestPatchBox, options.LargestPatchBox));
        double x = options.PatchShift * eyes * random.NextNormal();
        double y = options.PatchShift * eyes * random.NextNormal();
        double own = options.PatchPointShift * eyes;
        LandmarkPatch[] patches = new LandmarkPatch[Landmarks.Count];
        for (int i = 0; i < patches.Length; i++)
        {
            ImagePoint found = new(truth[i].X + x + (own * random.NextNormal()), truth[i].Y + y + (own * random.NextNormal()));
            patches[i] = new LandmarkPatch(found, side);
        }

        return patches;
    }

    private static SimilarityTransform Turn(ImagePoint center, double angle)
    {
        (double sine, double cosine) = Math.SinCos(angle);
        SimilarityTransform about = new(cosine, sine, 0, 0);
        ImagePoint moved = about.Apply(center);
        return about with { ShiftX = center.X - moved.X, ShiftY = center.Y - moved.Y };
    }

    private static float[]? TargetsOf(LandmarkPatch[] patches, Landmarks truth)
    {
        float[] targets = new float[2 * patches.Length];
        for (int i = 0; i < patches.Length; i++)
        {
            (double x, double y) = patches[i].PlaceOf(truth[i]);
            if (x is not (>= 0 and <= 1) || y is not (>= 0 and <= 1))
            {
                return null;
            }

            targets[i] = (float)x;
            targets[patches.Length + i] = (float)y;
        }

        return targets;
    }

    private static void Fill(byte[] pixels, LandmarkPatch[] patches, Mat image, Point origin)
    {
        for (int i = 0; i < patches.Length; i++)
        {
            CropPixels.Cut(image, RegionOf(patches[i]) - origin, Side).CopyTo(pixels, i * LandmarkPatch.Length);
        }
    }

    private static Rect RegionOf(LandmarkPatch patch) => new(patch.Region.X, patch.Region.Y, patch.Region.Width, patch.Region.Height);
}
