using Mtcnn.Imaging;

namespace Mtcnn.Detection;

/// <summary>
/// A published way to run the cascade, as data and small functions: everything in which the ways differ is here, and the
/// steps ask for nothing else. Immutable and thread-safe; a variant is made with <c>with</c>.
/// </summary>
public sealed record CascadeProfile
{
    /// <summary>
    /// The algorithm of the people who trained the weights (Zhang et al., "Joint Face Detection and Alignment using
    /// Multi-task Cascaded Convolutional Networks", 2016): RGB, black outside the picture. Finds more; the default.
    /// </summary>
    public static CascadeProfile Authors { get; } = AuthorsRules.Profile;

    /// <summary>The demo of the mtcnn-caffe repository, to the number: BGR, boxes clamped to whole pixels of the picture.</summary>
    public static CascadeProfile MtcnnCaffe { get; } = MtcnnCaffeRules.Profile;

    /// <summary>All published profiles; the default is first.</summary>
    public static IReadOnlyList<CascadeProfile> All { get; } = [Authors, MtcnnCaffe];

    /// <summary>The name that <see cref="Parse"/> knows.</summary>
    public required string Name { get; init; }

    /// <summary>The order in which the channels enter the networks.</summary>
    public required ChannelOrder ChannelOrder { get; init; }

    /// <summary>The published thresholds.</summary>
    public required Thresholds Thresholds { get; init; }

    /// <summary>The rule of the pyramid.</summary>
    public required PyramidRule Pyramid { get; init; }

    /// <summary>How levels and crops are made from the picture.</summary>
    public required ResampleRule Resample { get; init; }

    /// <summary>
    /// How far a box reaches beyond <c>right - left</c> and <c>bottom - top</c>, in pixels: 1 where its right edge is its
    /// last pixel, 0 where it is the first pixel beyond. Crops, regressions and landmarks are measured in this extent.
    /// </summary>
    public required int EdgePixels { get; init; }

    /// <summary>The window of a cell of 12net.</summary>
    public required CellRule CellToBox { get; init; }

    /// <summary>The suppression among the boxes of one pyramid level, before <see cref="Proposal"/>'s over all levels.</summary>
    public required SuppressionRule LevelSuppression { get; init; }

    /// <summary>What follows 12net.</summary>
    public required StageRules Proposal { get; init; }

    /// <summary>What follows 24net.</summary>
    public required StageRules Refinement { get; init; }

    /// <summary>What follows 48net.</summary>
    public required StageRules Output { get; init; }

    /// <summary>Finds a profile by its name, in any case.</summary>
    /// <exception cref="ArgumentException">No profile has that name; the message lists those that there are.</exception>
    public static CascadeProfile Parse(string name) =>
        All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"There is no profile \"{name}\". The profiles are {string.Join(" and ", All.Select(profile => profile.Name))}.", nameof(name));

    /// <summary>The profile's name.</summary>
    public override string ToString() => Name;
}
