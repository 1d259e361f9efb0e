using Mtcnn.Cascade.Boxes;
using Mtcnn.Faces;
using Mtcnn.Pixels;
using Mtcnn.Sampling;

namespace Mtcnn.Cascade.Profiles;

/// <summary>The rules of <see cref="CascadeProfile.Authors"/>. The publication counts pixels from 1; boxes here count from 0.</summary>
internal static class AuthorsRules
{
    private const double SmallestFace = 20;

    // A box so much larger than the image's longer side comes from broken weights, and its crop would fill the memory.
    private const double LargestSide = 4;

    public static CascadeProfile Profile { get; } = new("authors", new Thresholds(0.6, 0.7, 0.7), new CascadeRules
    {
        Planes = PixelFormat.Rgb24,
        Pyramid = Levels,
        Resample = Resampler.InBytes,
        EdgePixels = 1,
        CellToBox = CellToBox,
        LevelSuppression = new SuppressionRule(0.5, OverlapKind.Union),
        Proposal = new StageRules(Keep, new SuppressionRule(0.7, OverlapKind.Union), AfterProposal),
        Refinement = new StageRules(Keep, new SuppressionRule(0.7, OverlapKind.Union), AfterRefinement),
        Output = new StageRules(AfterOutput, new SuppressionRule(0.7, OverlapKind.Smaller), Keep),
    });

    private static IEnumerable<PyramidLevel> Levels(ImageSize image, PyramidSettings settings)
    {
        double first = PyramidLevel.CellSide / (settings.MinimumFace ?? SmallestFace);
        for (int k = 0; ; k++)
        {
            double scale = first * Math.Pow(settings.Factor, k);
            if (image.Shorter * scale < PyramidLevel.CellSide)
            {
                yield break;
            }

            yield return new PyramidLevel(scale, (int)Math.Ceiling(image.Width * scale), (int)Math.Ceiling(image.Height * scale));
        }
    }

    private static Box CellToBox(in ProposalCell cell) => new(
        Math.Truncate(((2 * cell.X) + 1) / cell.Scale) - 1,
        Math.Truncate(((2 * cell.Y) + 1) / cell.Scale) - 1,
        Math.Truncate(((2 * cell.X) + PyramidLevel.CellSide) / cell.Scale) - 1,
        Math.Truncate(((2 * cell.Y) + PyramidLevel.CellSide) / cell.Scale) - 1);

    private static Box? Keep(Box box, BoxOffsets offsets, ImageSize image) => box;

    private static Box? AfterProposal(Box box, BoxOffsets offsets, ImageSize image) =>
        ToCrop(BoxRegression.Apply(box, offsets, box.Width, box.Height), image);

    private static Box? AfterRefinement(Box box, BoxOffsets offsets, ImageSize image) =>
        ToCrop(BoxRegression.Apply(box, offsets, box.Width + 1, box.Height + 1), image);

    private static Box? AfterOutput(Box box, BoxOffsets offsets, ImageSize image) =>
        BoxRegression.Apply(box, offsets, box.Width + 1, box.Height + 1);

    private static Box? ToCrop(Box box, ImageSize image)
    {
        // The publication cuts fractions off coordinates that count from 1.
        Box crop = BoxRegression.Truncate(BoxRegression.Square(box).MovedBy(1, 1)).MovedBy(-1, -1);
        return crop.Width >= 0 && crop.Width <= LargestSide * image.Longer ? crop : null;
    }
}
