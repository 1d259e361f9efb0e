using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

using Mtcnn.Cli.Arguments;
using Mtcnn.Cli.Terminal;
using Mtcnn.Training.Options;

namespace Mtcnn.Cli.Prepare;

/// <summary>Every constant by which crops are cut.</summary>
internal sealed class CropArguments
{
    private const double Pixels = 1 << 20;
    private const double Many = 100_000;

    private static readonly CropOptions Usual = new();

    private readonly List<(Option<double?> Option, Func<CropOptions, double, CropOptions> Apply)> _numbers = [];
    private readonly Option<bool> _negativesByScale = new("--negatives-by-scale") { Description = "Spread random negatives evenly over scales, not over sides in pixels: more small ones." };
    private readonly Option<bool> _mayLeaveImage = new("--may-leave-image") { Description = "Let crops around faces leave the photo; they are black there." };
    private readonly Option<bool> _noRandom = new("--no-random-crops") { Description = "For 24net and 48net: hard examples alone, without random crops as for 12net." };
    private readonly Option<bool> _noMirror = new("--no-mirror") { Description = "Mirror no landmark crops; else half of them." };

    public CropArguments()
    {
        Whole("--negatives", "Random negatives of a photo.", Usual.NegativesOfImage, Many, (options, value) => options with { NegativesOfImage = (int)value });
        Number("--smallest-negative", "The least side of a random negative, in pixels.", Usual.SmallestNegative, 4, Pixels, (options, value) => options with { SmallestNegative = value });
        Number("--largest-negative", "The largest, in shorter sides of the photo.", Usual.LargestNegative, 0, 1, (options, value) => options with { LargestNegative = value });
        Whole("--tries", "How often a place for a negative is sought.", Usual.TriesOfNegative, 10_000, (options, value) => options with { TriesOfNegative = (int)value }, least: 1);
        Whole("--negatives-near", "Negatives near each face.", Usual.NegativesOfFace, 10_000, (options, value) => options with { NegativesOfFace = (int)value });
        Number("--smallest-face", "The least longer side of a face that crops are cut around, in pixels.", Usual.SmallestFace, 4, Pixels, (options, value) => options with { SmallestFace = value });
        Whole("--crops-of-face", "The crops tried around a face.", Usual.TriesOfFace, 10_000, (options, value) => options with { TriesOfFace = (int)value });
        Whole("--positives-of-face", "The most positives of a face.", null, int.MaxValue, (options, value) => options with { PositivesOfFace = (int)value });
        Whole("--parts-of-face", "The most parts of a face.", null, int.MaxValue, (options, value) => options with { PartsOfFace = (int)value });
        Number("--smallest-side", "The least side of a crop around a face, in shorter sides of its box.", Usual.SmallestSide, 0.1, 10, (options, value) => options with { SmallestSide = value });
        Number("--largest-side", "The largest, in longer sides of its box.", Usual.LargestSide, 0.1, 10, (options, value) => options with { LargestSide = value });
        Number("--shift", "How far such a crop is moved at most, in widths and heights of the box.", Usual.LargestShift, 0, 1, (options, value) => options with { LargestShift = value });
        Number("--positive-overlap", "The least intersection over union of a positive.", Usual.PositiveOverlap, 0, 1, (options, value) => options with { PositiveOverlap = value });
        Number("--part-overlap", "The least of a part.", Usual.PartOverlap, 0, 1, (options, value) => options with { PartOverlap = value });
        Number("--negative-overlap", "A negative overlaps every face by less.", Usual.NegativeOverlap, 0, 1, (options, value) => options with { NegativeOverlap = value });
        Number(
            "--unmarked-overlap",
            "Where faces may be unmarked, a negative overlaps a marked one at least so much.",
            Usual.NegativeOverlapWhereUnmarked,
            0,
            1,
            (options, value) => options with { NegativeOverlapWhereUnmarked = value });
        Whole("--hard-negatives", "The most hard negatives of a photo.", Usual.HardNegativesOfImage, Many, (options, value) => options with { HardNegativesOfImage = (int)value });
        Number("--proposal-threshold", "The least face probability of 12net for hard examples.", Usual.ProposalThreshold, 0, 1, (options, value) => options with { ProposalThreshold = value });
        Number("--refinement-threshold", "The least of 24net.", Usual.RefinementThreshold, 0, 1, (options, value) => options with { RefinementThreshold = value });
        Number("--smallest-hard-face", "The smallest face that the networks before look for, in pixels.", Usual.SmallestHardFace, 6, Pixels, (options, value) => options with { SmallestHardFace = value });
        Whole("--landmark-crops", "Landmark crops of a face with five points.", Usual.LandmarksOfFace, 10_000, (options, value) => options with { LandmarksOfFace = (int)value });
        Number("--smallest-landmark-side", "The least side of one, in longer sides of the box.", Usual.SmallestLandmarkSide, 0.1, 10, (options, value) => options with { SmallestLandmarkSide = value });
        Number("--largest-landmark-side", "The largest.", Usual.LargestLandmarkSide, 0.1, 10, (options, value) => options with { LargestLandmarkSide = value });
        Number("--landmark-shift", "How far one is moved: a standard deviation, in longer sides of the box.", Usual.LandmarkShift, 0, 1, (options, value) => options with { LandmarkShift = value });
        Number("--landmark-rotation", "How far one is turned: a standard deviation, in degrees.", Usual.LandmarkRotation, 0, 60, (options, value) => options with { LandmarkRotation = value });
        Whole("--patches", "How often the five patches of a face are cut, for landmarks.", Usual.PatchesOfFace, 10_000, (options, value) => options with { PatchesOfFace = (int)value });
        Number("--smallest-patch-box", "The least side of the box that they are cut by, in longer sides of the face's.", Usual.SmallestPatchBox, 0.1, 10, (options, value) => options with { SmallestPatchBox = value });
        Number("--largest-patch-box", "The largest.", Usual.LargestPatchBox, 0.1, 10, (options, value) => options with { LargestPatchBox = value });
        Number("--patch-shift", "How far all five are moved together: a standard deviation, in eye distances.", Usual.PatchShift, 0, 1, (options, value) => options with { PatchShift = value });
        Number("--patch-point-shift", "How far each is moved by itself: a standard deviation, in eye distances.", Usual.PatchPointShift, 0, 1, (options, value) => options with { PatchPointShift = value });
        Number("--patch-rotation", "How far the photo is turned for them, but for the first time: a standard deviation, in degrees.", Usual.PatchRotation, 0, 60, (options, value) => options with { PatchRotation = value });
    }

    /// <summary>Whether landmark crops are cut for another net than 48net.</summary>
    public Option<bool> Landmarks { get; } = new("--landmarks") { Description = "Cut landmark crops for this network too; for 48net and landmarks they always are." };

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
