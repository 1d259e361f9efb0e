using Mtcnn.Cascade.Boxes;
using Mtcnn.Pixels;

namespace Mtcnn.Cascade.Profiles;

/// <summary>What the steps of the cascade ask of a <see cref="CascadeProfile"/>, as data and small functions. Immutable and thread-safe.</summary>
internal sealed record CascadeRules
{
    /// <summary>The order in which the channels enter the networks: <see cref="PixelFormat.Bgr24"/> or <see cref="PixelFormat.Rgb24"/>.</summary>
    public required PixelFormat Planes { get; init; }

    /// <summary>The rule of the pyramid.</summary>
    public required PyramidRule Pyramid { get; init; }

    /// <summary>How levels and crops are made from the image.</summary>
    public required ResampleRule Resample { get; init; }

    /// <summary>
    /// How far a box reaches beyond <c>right - left</c> and <c>bottom - top</c>, in pixels: 1 if its right edge is its
    /// last pixel, 0 if it is the first pixel beyond. Crops, regressions and landmarks are measured in this extent.
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
}
