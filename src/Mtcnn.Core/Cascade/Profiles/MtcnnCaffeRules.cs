using Mtcnn.Cascade.Boxes;
using Mtcnn.Faces;
using Mtcnn.Pixels;
using Mtcnn.Sampling;

namespace Mtcnn.Cascade.Profiles;

/// <summary>The rules of <see cref="CascadeProfile.MtcnnCaffe"/>.</summary>
internal static class MtcnnCaffeRules
{
    // Large images are brought to this shorter side, small ones to this longer side.
    private const double CommonSide = 1000;

    public static CascadeProfile Profile { get; } = new("mtcnn-caffe", new Thresholds(0.6, 0.6, 0.7), new CascadeRules
    {
        Planes = PixelFormat.Bgr24,
        Pyramid = Levels,
        Resample = Resampler.InDoubles,
        EdgePixels = 0,
        CellToBox = CellToBox,
        LevelSuppression = new SuppressionRule(0.5, OverlapKind.Union),
        Proposal = new StageRules(BeforeProposal, new SuppressionRule(0.7, OverlapKind.Union), Keep),
        Refinement = new StageRules(BeforeRefinement, new SuppressionRule(0.7, OverlapKind.Union), Keep),
        Output = new StageRules(BeforeOutput, new SuppressionRule(0.7, OverlapKind.Smaller), Keep),
    });

    private static IEnumerable<PyramidLevel> Levels(ImageSize image, PyramidSettings settings)
    {
        double first = image switch
        {
            { Shorter: > (int)CommonSide } => CommonSide / image.Shorter,
            { Longer: < (int)CommonSide } => CommonSide / image.Longer,
            _ => 1,
        };
        double shorter = Math.Min((int)(image.Width * first), (int)(image.Height * first));
        for (int k = 0; shorter >= PyramidLevel.CellSide; k++, shorter *= settings.Factor)
        {
            double scale = first * Math.Pow(settings.Factor, k);
            PyramidLevel level = new(scale, (int)(image.Width * scale), (int)(image.Height * scale));
            if (settings.MinimumFace is null || level.WindowSide >= settings.MinimumFace)
            {
                yield return level;
            }
        }
    }

    private static Box CellToBox(in ProposalCell cell)
    {
        int side = Math.Max(cell.Columns, cell.Rows);
        double stride = side == 1 ? 0 : ((2.0 * side) - 1) / (side - 1);
        double back = 1 / cell.Scale;
        Box window = new(
            Math.Truncate(stride * cell.X * back),
            Math.Truncate(stride * cell.Y * back),
            Math.Truncate(((stride * cell.X) + 11) * back),
            Math.Truncate(((stride * cell.Y) + 11) * back));
        double unit = PyramidLevel.CellSide * back;
        return BoxRegression.Apply(window, cell.Offsets, unit, unit);
    }

    private static Box? Keep(Box box, BoxOffsets offsets, ImageSize image) => box;

    private static Box? BeforeProposal(Box box, BoxOffsets offsets, ImageSize image) =>
        ToPixels(BoxRegression.Square(box), image);

    private static Box? BeforeRefinement(Box box, BoxOffsets offsets, ImageSize image) =>
        ToPixels(BoxRegression.Square(BoxRegression.Apply(box, offsets, box.Width, box.Height)), image);

    private static Box? BeforeOutput(Box box, BoxOffsets offsets, ImageSize image) =>
        ToPixels(BoxRegression.Apply(box, offsets, box.Width, box.Height), image);

    private static Box? ToPixels(Box box, ImageSize image)
    {
        Box pixels = BoxRegression.Truncate(new Box(
            Math.Max(box.Left, 0), Math.Max(box.Top, 0), Math.Min(box.Right, image.Width), Math.Min(box.Bottom, image.Height)));
        return pixels.IsEmpty ? null : pixels;
    }
}
