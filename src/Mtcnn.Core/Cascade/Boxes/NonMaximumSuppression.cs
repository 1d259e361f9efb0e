using Mtcnn.Faces;

namespace Mtcnn.Cascade.Boxes;

/// <summary>
/// Greedy non-maximum suppression (NMS): the box with the highest score stays, every other that overlaps it too much goes,
/// and so on with the rest. Areas and intersections count pixels inclusively (<c>right - left + 1</c>), as the published
/// MTCNN code does. Pure and thread-safe. The time grows with the number of boxes, not with its square.
/// </summary>
internal static class NonMaximumSuppression
{
    /// <summary>Finds the boxes that stay.</summary>
    /// <param name="boxes">Boxes and scores, in any order.</param>
    /// <param name="rule">Which boxes count as the same.</param>
    /// <returns>The indices of the boxes that stay, in falling score; of equal scores the earlier box comes first.</returns>
    public static int[] Apply(ReadOnlySpan<ScoredBox> boxes, SuppressionRule rule) => new BoxSuppressor().Apply(boxes, rule).ToArray();

    /// <summary>How much two boxes overlap, from 0 to 1; 0 if one of them has no area.</summary>
    public static double Overlap(Box first, Box second, OverlapKind kind)
    {
        double width = Math.Min(first.Right, second.Right) - Math.Max(first.Left, second.Left) + 1;
        double height = Math.Min(first.Bottom, second.Bottom) - Math.Max(first.Top, second.Top) + 1;
        if (!(width > 0 && height > 0))
        {
            return 0;
        }

        double firstArea = PixelArea(first);
        double secondArea = PixelArea(second);
        if (!(firstArea > 0 && secondArea > 0))
        {
            return 0;
        }

        double intersection = width * height;
        return kind == OverlapKind.Smaller
            ? intersection / Math.Min(firstArea, secondArea)
            : intersection / (firstArea + secondArea - intersection);
    }

    private static double PixelArea(Box box) =>
        Math.Max(0, box.Right - box.Left + 1) * Math.Max(0, box.Bottom - box.Top + 1);
}
