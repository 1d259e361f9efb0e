using Mtcnn.Alignment;
using Mtcnn.Faces;
using Mtcnn.Training.Options;
using OpenCvSharp;

namespace Mtcnn.Training.Crops.Makers;

/// <summary>Cuts squares around faces with five points: shifted, scaled, rotated and mirrored.</summary>
internal sealed class LandmarkCrops(int side, CropOptions options) : ICropMaker
{
    private const double LargestRotations = 3;

    // More pixels do not improve the resized crop and cost time and memory.
    private const int LargestPatch = 8;

    public void Make(MarkedImage image, SplitMix random, Action<Crop> add)
    {
        foreach (MarkedFace face in image.Faces)
        {
            if (face is { IsIgnored: false, Points: { } points } && face.LongerSide >= options.SmallestFace)
            {
                for (int i = 0; i < options.LandmarksOfFace; i++)
                {
                    add(Cut(image.Image, face, points, ref random));
                }
            }
        }
    }

    private Crop Cut(Mat image, MarkedFace face, Landmarks points, ref SplitMix random)
    {
        double size = face.LongerSide * random.NextBetween(options.SmallestLandmarkSide, options.LargestLandmarkSide);
        ImagePoint center = new(
            face.Box.Center.X + (face.LongerSide * options.LandmarkShift * random.NextNormal()),
            face.Box.Center.Y + (face.LongerSide * options.LandmarkShift * random.NextNormal()));
        double turn = options.LandmarkRotation * Math.Clamp(random.NextNormal(), -LargestRotations, LargestRotations) * Math.PI / 180;
        bool mirrored = random.NextDouble() < 0.5 && options.MirrorLandmarks;

        // The patch has about the resolution of the image, so that it is resized like the detector's crops.
        int length = Math.Clamp((int)size, 2, LargestPatch * side);
        SimilarityTransform turned = ToPatch(center, turn, length / size, length);
        using Mat patch = new();
        using Mat matrix = Mat.FromPixelData(2, 3, MatType.CV_64FC1, turned.ToMatrix());
        Cv2.WarpAffine(image, patch, matrix, new Size(length, length), InterpolationFlags.Linear, BorderTypes.Constant, Scalar.All(0));
        Landmarks inPatch = turned.Apply(points);
        if (mirrored)
        {
            Cv2.Flip(patch, patch, FlipMode.Y);
            inPatch = Mirror(inPatch, length - 1);
        }

        return new Crop(
            CropKind.Landmark, side, CropPixels.Cut(patch, new Rect(0, 0, length, length), side), new CropTargets(null, Relative(inPatch, length)));
    }

    private static SimilarityTransform ToPatch(ImagePoint center, double turn, double scale, int length)
    {
        (double sine, double cosine) = Math.SinCos(turn);
        SimilarityTransform about = new(scale * cosine, scale * sine, 0, 0);
        ImagePoint moved = about.Apply(center);
        return about with { ShiftX = (length / 2.0) - moved.X, ShiftY = (length / 2.0) - moved.Y };
    }

    // Mirroring swaps left and right landmarks.
    private static Landmarks Mirror(Landmarks points, double last)
    {
        ImagePoint[] mirrored = Array.ConvertAll(points.ToArray(), point => point with { X = last - point.X });
        return new Landmarks(mirrored[1], mirrored[0], mirrored[2], mirrored[4], mirrored[3]);
    }

    private static float[] Relative(Landmarks points, double length)
    {
        float[] values = new float[2 * Landmarks.Count];
        for (int i = 0; i < Landmarks.Count; i++)
        {
            values[i] = (float)(points[i].X / length);
            values[Landmarks.Count + i] = (float)(points[i].Y / length);
        }

        return values;
    }
}
