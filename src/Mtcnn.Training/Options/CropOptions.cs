using System.Runtime.CompilerServices;

namespace Mtcnn.Training.Options;

/// <summary>The constants by which crops are cut. The defaults are those of the reference, if the reference defines them.</summary>
public sealed record CropOptions
{
    /// <summary>The number of random negatives per image.</summary>
    public int NegativesOfImage { get; init; } = 50;

    /// <summary>The minimum side of a random negative in pixels of the image.</summary>
    public double SmallestNegative { get; init; } = 40;

    /// <summary>The largest side of a random negative, as a share of the image's shorter side.</summary>
    public double LargestNegative { get; init; } = 0.5;

    /// <summary>Whether random negatives are distributed evenly over scales instead of over sides in pixels, which gives more small ones.</summary>
    public bool NegativesByScale { get; init; }

    /// <summary>The maximum number of attempts to place a random negative.</summary>
    public int TriesOfNegative { get; init; } = 20;

    /// <summary>The number of negatives near each face, with half to twice its size.</summary>
    public int NegativesOfFace { get; init; }

    /// <summary>The minimum longer side of a face, in pixels, around which crops are cut. Smaller faces are not used as negatives either.</summary>
    public double SmallestFace { get; init; } = 40;

    /// <summary>The number of attempted crops per face.</summary>
    public int TriesOfFace { get; init; } = 20;

    /// <summary>The maximum number of positives per face.</summary>
    public int PositivesOfFace { get; init; } = int.MaxValue;

    /// <summary>The maximum number of parts per face.</summary>
    public int PartsOfFace { get; init; } = int.MaxValue;

    /// <summary>The minimum side of a crop around a face, relative to the shorter side of its box.</summary>
    public double SmallestSide { get; init; } = 0.8;

    /// <summary>The maximum side of a crop around a face, relative to the longer side of its box.</summary>
    public double LargestSide { get; init; } = 1.25;

    /// <summary>The maximum distance between the centres of a crop and its face, relative to the width and height of the face's box.</summary>
    public double LargestShift { get; init; } = 0.2;

    /// <summary>The minimum intersection over union of a positive with its face.</summary>
    public double PositiveOverlap { get; init; } = 0.65;

    /// <summary>The minimum intersection over union of a part with its face.</summary>
    public double PartOverlap { get; init; } = 0.4;

    /// <summary>The intersection over union that a negative stays below for every face.</summary>
    public double NegativeOverlap { get; init; } = 0.3;

    /// <summary>The minimum overlap of a negative with a marked face, in sets with unmarked faces.</summary>
    public double NegativeOverlapWhereUnmarked { get; init; } = 0.1;

    /// <summary>Whether crops around faces may extend beyond the image, and faces may start outside it. Pixels outside are black, as in the detector.</summary>
    public bool MayLeaveImage { get; init; }

    /// <summary>The maximum number of hard negatives per image. The most probable boxes are used.</summary>
    public int HardNegativesOfImage { get; init; } = 60;

    /// <summary>The minimum face probability of 12net for hard examples.</summary>
    public double ProposalThreshold { get; init; } = 0.6;

    /// <summary>The minimum face probability of 24net for hard examples.</summary>
    public double RefinementThreshold { get; init; } = 0.7;

    /// <summary>The smallest face that the cascade detects for hard examples, in pixels of the image.</summary>
    public double SmallestHardFace { get; init; } = 20;

    /// <summary>Whether random crops, as for 12net, are added to the hard examples of 24net and 48net.</summary>
    public bool RandomCropsToo { get; init; } = true;

    /// <summary>The number of landmark crops per face with five points.</summary>
    public int LandmarksOfFace { get; init; } = 20;

    /// <summary>The minimum side of a landmark crop, relative to the longer side of the face's box.</summary>
    public double SmallestLandmarkSide { get; init; } = 0.85;

    /// <summary>The maximum side of a landmark crop, relative to the longer side of the face's box.</summary>
    public double LargestLandmarkSide { get; init; } = 1.25;

    /// <summary>The standard deviation of the distance between the centres of a landmark crop and its face, relative to the longer side of the face's box.</summary>
    public double LandmarkShift { get; init; } = 0.06;

    /// <summary>The standard deviation of a landmark crop's rotation in degrees. The rotation is limited to three standard deviations.</summary>
    public double LandmarkRotation { get; init; } = 10;

    /// <summary>Whether half of the landmark crops are mirrored, with the points of left and right swapped.</summary>
    public bool MirrorLandmarks { get; init; } = true;

    /// <summary>The number of times the five patches of a face are cut for the landmark net.</summary>
    public int PatchesOfFace { get; init; } = 16;

    /// <summary>The minimum longer side of the box that determines the patches, relative to the longer side of the face's box.</summary>
    public double SmallestPatchBox { get; init; } = 0.88;

    /// <summary>The maximum longer side of the box that determines the patches, relative to the longer side of the face's box.</summary>
    public double LargestPatchBox { get; init; } = 1.12;

    /// <summary>The standard deviation of the common shift of the patch centres from the true landmarks, in eye distances.</summary>
    public double PatchShift { get; init; } = 0.03;

    /// <summary>The standard deviation of the separate shift of each patch centre, in eye distances.</summary>
    public double PatchPointShift { get; init; } = 0.06;

    /// <summary>The standard deviation of the image's rotation for patches, in degrees, limited to three standard deviations. The first patches of a face are not
    /// rotated.</summary>
    public double PatchRotation { get; init; } = 8;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; the message names the value and the range.</exception>
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
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must be from {least} to {most}."));
        }
    }
}
