using System.Runtime.CompilerServices;

namespace Mtcnn.Training.Options;

/// <summary>Every constant by which crops are cut. What is not set is the reference's where the reference has it.</summary>
public sealed record CropOptions
{
    /// <summary>How many random negatives are cut from an image.</summary>
    public int NegativesOfImage { get; init; } = 50;

    /// <summary>The least side of a random negative in pixels of the image.</summary>
    public double SmallestNegative { get; init; } = 40;

    /// <summary>The largest side of a random negative, as a share of the image's shorter side.</summary>
    public double LargestNegative { get; init; } = 0.5;

    /// <summary>Whether random negatives are spread evenly over scales instead of over sides in pixels: more small ones.</summary>
    public bool NegativesByScale { get; init; }

    /// <summary>How often a place for a random negative is sought before it is given up.</summary>
    public int TriesOfNegative { get; init; } = 20;

    /// <summary>How many negatives are cut near each face, half to twice its size: places that are almost a face.</summary>
    public int NegativesOfFace { get; init; }

    /// <summary>The least longer side of a face, in pixels, around which crops are cut. Smaller ones are not negatives all the same.</summary>
    public double SmallestFace { get; init; } = 40;

    /// <summary>How many crops around a face are tried.</summary>
    public int TriesOfFace { get; init; } = 20;

    /// <summary>The most positives of a face.</summary>
    public int PositivesOfFace { get; init; } = int.MaxValue;

    /// <summary>The most parts of a face.</summary>
    public int PartsOfFace { get; init; } = int.MaxValue;

    /// <summary>The least side of a crop around a face, in shorter sides of its box.</summary>
    public double SmallestSide { get; init; } = 0.8;

    /// <summary>The largest side of a crop around a face, in longer sides of its box.</summary>
    public double LargestSide { get; init; } = 1.25;

    /// <summary>How far a crop's centre is at most from the face's, in widths and heights of its box.</summary>
    public double LargestShift { get; init; } = 0.2;

    /// <summary>The least intersection over union with a face of a positive.</summary>
    public double PositiveOverlap { get; init; } = 0.65;

    /// <summary>The least intersection over union with a face of a part.</summary>
    public double PartOverlap { get; init; } = 0.4;

    /// <summary>A negative overlaps every face by less.</summary>
    public double NegativeOverlap { get; init; } = 0.3;

    /// <summary>In a set with unmarked faces, a negative overlaps a marked face at least so much.</summary>
    public double NegativeOverlapWhereUnmarked { get; init; } = 0.1;

    /// <summary>Whether crops around faces may leave the image, and faces begin outside it; crops are black there, as the detector's are.</summary>
    public bool MayLeaveImage { get; init; }

    /// <summary>The most hard negatives of an image: the boxes in which the cascade believes most.</summary>
    public int HardNegativesOfImage { get; init; } = 60;

    /// <summary>The least face probability of 12net for hard examples.</summary>
    public double ProposalThreshold { get; init; } = 0.6;

    /// <summary>The least face probability of 24net for hard examples.</summary>
    public double RefinementThreshold { get; init; } = 0.7;

    /// <summary>The smallest face that the cascade looks for, in pixels of the image.</summary>
    public double SmallestHardFace { get; init; } = 20;

    /// <summary>Whether random crops, as for 12net, are added to the hard examples of 24net and 48net.</summary>
    public bool RandomCropsToo { get; init; } = true;

    /// <summary>How many landmark crops are cut of a face with five points.</summary>
    public int LandmarksOfFace { get; init; } = 20;

    /// <summary>The least side of a landmark crop, in longer sides of the face's box.</summary>
    public double SmallestLandmarkSide { get; init; } = 0.85;

    /// <summary>The largest side of a landmark crop, in longer sides of the face's box.</summary>
    public double LargestLandmarkSide { get; init; } = 1.25;

    /// <summary>How far a landmark crop's centre is from the face's, as a standard deviation in longer sides of its box.</summary>
    public double LandmarkShift { get; init; } = 0.06;

    /// <summary>How far a landmark crop is turned, as a standard deviation in degrees; it is never turned by more than three times as much.</summary>
    public double LandmarkRotation { get; init; } = 10;

    /// <summary>Whether half of the landmark crops are mirrored, with the points of left and right swapped.</summary>
    public bool MirrorLandmarks { get; init; } = true;

    /// <summary>How often the five patches of a face are cut for the landmark net.</summary>
    public int PatchesOfFace { get; init; } = 16;

    /// <summary>The least longer side of the box by which patches are cut, in longer sides of the face's.</summary>
    public double SmallestPatchBox { get; init; } = 0.88;

    /// <summary>The largest longer side of the box by which patches are cut, in longer sides of the face's.</summary>
    public double LargestPatchBox { get; init; } = 1.12;

    /// <summary>How far the landmarks in whose middle the patches are lie together from the true ones, as a standard deviation in distances of the eyes.</summary>
    public double PatchShift { get; init; } = 0.03;

    /// <summary>How far each of them lies from there by itself, as a standard deviation in distances of the eyes.</summary>
    public double PatchPointShift { get; init; } = 0.06;

    /// <summary>How far the image is turned for patches, all but the first of a face, as a standard deviation in degrees; never by more than three times as
    /// much.</summary>
    public double PatchRotation { get; init; } = 8;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it and the range.</exception>
    public void Validate()
    {
        InRange(NegativesOfImage, 0, 100_000);
        InRange(SmallestNegative, 4, 1 << 20);
        InRange(LargestNegative, 0, 1);
        InRange(TriesOfNegative, 1, 10_000);
        InRange(NegativesOfFace, 0, 10_000);
        InRange(SmallestFace, 4, 1 << 20);
        InRange(TriesOfFace, 0, 10_000);
        InRange(PositivesOfFace, 0, int.MaxValue);
        InRange(PartsOfFace, 0, int.MaxValue);
        InRange(SmallestSide, 0.1, 10);
        InRange(LargestSide, SmallestSide, 10);
        InRange(LargestShift, 0, 1);
        InRange(PositiveOverlap, 0, 1);
        InRange(PartOverlap, 0, PositiveOverlap);
        InRange(NegativeOverlap, 0, PartOverlap);
        InRange(NegativeOverlapWhereUnmarked, 0, 1);
        InRange(HardNegativesOfImage, 0, 100_000);
        InRange(ProposalThreshold, 0, 1);
        InRange(RefinementThreshold, 0, 1);
        InRange(SmallestHardFace, Detection.FaceDetectorOptions.LeastMinimumFace, 1 << 20);
        InRange(LandmarksOfFace, 0, 10_000);
        InRange(SmallestLandmarkSide, 0.1, 10);
        InRange(LargestLandmarkSide, SmallestLandmarkSide, 10);
        InRange(LandmarkShift, 0, 1);
        InRange(LandmarkRotation, 0, 60);
        InRange(PatchesOfFace, 0, 10_000);
        InRange(SmallestPatchBox, 0.1, 10);
        InRange(LargestPatchBox, SmallestPatchBox, 10);
        InRange(PatchShift, 0, 1);
        InRange(PatchPointShift, 0, 1);
        InRange(PatchRotation, 0, 60);
    }

    private static void InRange(double value, double least, double most, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is from {least} to {most}."));
        }
    }
}
