using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

using Mtcnn.Cli.Arguments;
using Mtcnn.Cli.Terminal;
using Mtcnn.Training.Options;

namespace Mtcnn.Cli.Prepare;

/// <summary>The options for the constants by which crops are cut.</summary>
internal sealed class CropArguments
{
    private const double Pixels = 1 << 20;
    private const double Many = 100_000;

    private static readonly CropOptions Usual = new();

    private readonly List<(Option<double?> Option, Func<CropOptions, double, CropOptions> Apply)> _numbers = [];
    private readonly Option<bool> _negativesByScale = new("--negatives-by-scale") { Description = "Distribute random negatives evenly over scales instead of over sides in pixels, which gives more small ones." };
    private readonly Option<bool> _mayLeaveImage = new("--may-leave-image") { Description = "Let crops around faces extend beyond the photo; the part outside is black." };
    private readonly Option<bool> _noRandom = new("--no-random-crops") { Description = "For 24net and 48net: cut only hard examples, without the random crops of 12net." };
    private readonly Option<bool> _noMirror = new("--no-mirror") { Description = "Do not mirror landmark crops. By default, half of them are mirrored." };

    public CropArguments()
    {
        Whole("--negatives", "Random negatives per photo.", Usual.NegativesOfImage, Many, (options, value) => options with { NegativesOfImage = (int)value });
        Number("--smallest-negative", "The minimum side of a random negative, in pixels.", Usual.SmallestNegative, 4, Pixels, (options, value) => options with { SmallestNegative = value });
        Number("--largest-negative", "The maximum side of a random negative, relative to the shorter side of the photo.", Usual.LargestNegative, 0, 1, (options, value) => options with { LargestNegative = value });
        Whole("--tries", "The number of attempts to place a negative.", Usual.TriesOfNegative, 10_000, (options, value) => options with { TriesOfNegative = (int)value }, least: 1);
        Whole("--negatives-near", "Negatives near each face.", Usual.NegativesOfFace, 10_000, (options, value) => options with { NegativesOfFace = (int)value });
        Number("--smallest-face", "The minimum longer side of a face that crops are cut around, in pixels.", Usual.SmallestFace, 4, Pixels, (options, value) => options with { SmallestFace = value });
        Whole("--crops-of-face", "The number of attempted crops per face.", Usual.TriesOfFace, 10_000, (options, value) => options with { TriesOfFace = (int)value });
        Whole("--positives-of-face", "The maximum number of positives per face.", null, int.MaxValue, (options, value) => options with { PositivesOfFace = (int)value });
        Whole("--parts-of-face", "The maximum number of parts per face.", null, int.MaxValue, (options, value) => options with { PartsOfFace = (int)value });
        Number("--smallest-side", "The minimum side of a crop around a face, relative to the shorter side of its box.", Usual.SmallestSide, 0.1, 10, (options, value) => options with { SmallestSide = value });
        Number("--largest-side", "The maximum side of a crop around a face, relative to the longer side of its box.", Usual.LargestSide, 0.1, 10, (options, value) => options with { LargestSide = value });
        Number("--shift", "The maximum shift of a crop around a face, relative to the width and height of its box.", Usual.LargestShift, 0, 1, (options, value) => options with { LargestShift = value });
        Number("--positive-overlap", "The minimum intersection over union of a positive with its face.", Usual.PositiveOverlap, 0, 1, (options, value) => options with { PositiveOverlap = value });
        Number("--part-overlap", "The minimum intersection over union of a part with its face.", Usual.PartOverlap, 0, 1, (options, value) => options with { PartOverlap = value });
        Number("--negative-overlap", "The intersection over union that a negative stays below for every face.", Usual.NegativeOverlap, 0, 1, (options, value) => options with { NegativeOverlap = value });
        Number(
            "--unmarked-overlap",
            "In sets with unmarked faces, the minimum overlap of a negative with a marked face.",
            Usual.NegativeOverlapWhereUnmarked,
            0,
            1,
            (options, value) => options with { NegativeOverlapWhereUnmarked = value });
        Whole("--hard-negatives", "The maximum number of hard negatives per photo.", Usual.HardNegativesOfImage, Many, (options, value) => options with { HardNegativesOfImage = (int)value });
        Number("--proposal-threshold", "The minimum face probability of 12net for hard examples.", Usual.ProposalThreshold, 0, 1, (options, value) => options with { ProposalThreshold = value });
        Number("--refinement-threshold", "The minimum face probability of 24net for hard examples.", Usual.RefinementThreshold, 0, 1, (options, value) => options with { RefinementThreshold = value });
        Number("--smallest-hard-face", "The smallest face that the previous networks detect for hard examples, in pixels.", Usual.SmallestHardFace, 6, Pixels, (options, value) => options with { SmallestHardFace = value });
        Whole("--landmark-crops", "Landmark crops per face with five points.", Usual.LandmarksOfFace, 10_000, (options, value) => options with { LandmarksOfFace = (int)value });
        Number("--smallest-landmark-side", "The minimum side of a landmark crop, relative to the longer side of the box.", Usual.SmallestLandmarkSide, 0.1, 10, (options, value) => options with { SmallestLandmarkSide = value });
        Number("--largest-landmark-side", "The maximum side of a landmark crop, relative to the longer side of the box.", Usual.LargestLandmarkSide, 0.1, 10, (options, value) => options with { LargestLandmarkSide = value });
        Number("--landmark-shift", "The standard deviation of the shift of a landmark crop, relative to the longer side of the box.", Usual.LandmarkShift, 0, 1, (options, value) => options with { LandmarkShift = value });
        Number("--landmark-rotation", "The standard deviation of the rotation of a landmark crop, in degrees.", Usual.LandmarkRotation, 0, 60, (options, value) => options with { LandmarkRotation = value });
        Whole("--patches", "For the landmark network: how many times the five patches of a face are cut.", Usual.PatchesOfFace, 10_000, (options, value) => options with { PatchesOfFace = (int)value });
        Number("--smallest-patch-box", "The minimum side of the box that determines the patches, relative to the longer side of the face's box.", Usual.SmallestPatchBox, 0.1, 10, (options, value) => options with { SmallestPatchBox = value });
        Number("--largest-patch-box", "The maximum side of the box that determines the patches, relative to the longer side of the face's box.", Usual.LargestPatchBox, 0.1, 10, (options, value) => options with { LargestPatchBox = value });
        Number("--patch-shift", "The standard deviation of the common shift of all five patches, in eye distances.", Usual.PatchShift, 0, 1, (options, value) => options with { PatchShift = value });
        Number("--patch-point-shift", "The standard deviation of the separate shift of each patch, in eye distances.", Usual.PatchPointShift, 0, 1, (options, value) => options with { PatchPointShift = value });
        Number("--patch-rotation", "The standard deviation of the photo's rotation for patches, in degrees. The first patches of a face are not rotated.", Usual.PatchRotation, 0, 60, (options, value) => options with { PatchRotation = value });
    }

    /// <summary>Whether landmark crops are also cut for 12net and 24net.</summary>
    public Option<bool> Landmarks { get; } = new("--landmarks") { Description = "Also cut landmark crops for this network. For 48net and landmarks they are always cut." };

    public void AddTo(Command command)
    {
        command.With(_numbers.Select(number => (Option)number.Option));
        command.With(Landmarks, _negativesByScale, _mayLeaveImage, _noRandom, _noMirror);
    }

    public CropOptions Read(ParseResult parseResult) => _numbers.Aggregate(
        new CropOptions
        {
            NegativesByScale = parseResult.GetValue(_negativesByScale),
            MayLeaveImage = parseResult.GetValue(_mayLeaveImage),
            RandomCropsToo = !parseResult.GetValue(_noRandom),
            MirrorLandmarks = !parseResult.GetValue(_noMirror),
        },
        (options, number) => parseResult.GetValue(number.Option) is { } value ? number.Apply(options, value) : options);

    private void Whole(string name, string description, double? usual, double most, Func<CropOptions, double, CropOptions> apply, double least = 0) =>
        Add(name, "N", description, usual, "a whole number", value => value >= least && value <= most && value == Math.Truncate(value), (least, most), apply);

    private void Number(string name, string description, double usual, double least, double most, Func<CropOptions, double, CropOptions> apply) =>
        Add(name, "F", description, usual, "a number", value => value >= least && value <= most, (least, most), apply);

    private void Add(
        string name,
        string form,
        string description,
        double? usual,
        string what,
        Predicate<double> isRight,
        (double Least, double Most) range,
        Func<CropOptions, double, CropOptions> apply)
    {
        Option<double?> option = new(name)
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{description} Default: {usual?.ToString(CultureInfo.InvariantCulture) ?? "no limit"}."),
            HelpName = form,
            CustomParser = result => Parse(result, name, what, isRight, range),
        };
        _numbers.Add((option, apply));
    }

    private static double? Parse(ArgumentResult result, string name, string what, Predicate<double> isRight, (double Least, double Most) range)
    {
        string text = result.Tokens[0].Value;
        if (NumberArguments.TryParse(text, out double number) && isRight(number))
        {
            return number;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be {what} from {range.Least} to {range.Most} (got \"{text}\")."));
        return null;
    }
}
