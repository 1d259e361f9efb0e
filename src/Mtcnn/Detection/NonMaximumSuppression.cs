namespace Mtcnn.Detection;

/// <summary>
/// Greedy non-maximum suppression (NMS): the box with the highest score stays, every other that overlaps it too much goes,
/// and so on with the rest. Areas and intersections count pixels inclusively (<c>right - left + 1</c>), as the published
/// MTCNN code does. Pure and thread-safe.
/// </summary>
public static class NonMaximumSuppression
{
    /// <summary>Finds the boxes that stay.</summary>
    /// <param name="boxes">Boxes and scores, in any order.</param>
    /// <param name="rule">Which boxes count as the same.</param>
    /// <returns>The indices of the boxes that stay, in falling score; of equal scores the earlier box comes first.</returns>
    public static int[] Apply(ReadOnlySpan<ScoredBox> boxes, SuppressionRule rule)
    {
        if (boxes.IsEmpty)
        {
            return [];
        }

        int[] order = InFallingScore(boxes);
        NeighbourGrid kept = new(boxes);
        List<int> result = [];
        foreach (int index in order)
        {
            if (!kept.HasOverlap(boxes, index, rule))
            {
                kept.Add(boxes, index);
                result.Add(index);
            }
        }

        return [.. result];
    }

    /// <summary>How much two boxes overlap, from 0 to 1; 0 where one of them has no area.</summary>
    public static double Overlap(Box first, Box second, OverlapKind kind)
    {
        double width = Math.Min(first.Right, second.Right) - Math.Max(first.Left, second.Left) + 1;
        double height = Math.Min(first.Bottom, second.Bottom) - Math.Max(first.Top, second.Top) + 1;
        double firstArea = PixelArea(first);
        double secondArea = PixelArea(second);
        if (!(width > 0 && height > 0 && firstArea > 0 && secondArea > 0))
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

    private static int[] InFallingScore(ReadOnlySpan<ScoredBox> boxes)
    {
        (float Score, int Index)[] keys = new (float, int)[boxes.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = (boxes[i].Score, i);
        }

        Array.Sort(keys, static (a, b) => a.Score == b.Score ? a.Index.CompareTo(b.Index) : b.Score.CompareTo(a.Score));
        return Array.ConvertAll(keys, static key => key.Index);
    }

    /// <summary>
    /// The kept boxes by the place of their centre, in cells as large as the largest box: two boxes that overlap lie in the
    /// same or in neighbouring cells. Keeps the search from growing with the square of the number of boxes.
    /// </summary>
    private sealed class NeighbourGrid
    {
        private readonly Dictionary<(long Column, long Row), List<int>> _cells = [];
        private readonly double _side = 1;

        public NeighbourGrid(ReadOnlySpan<ScoredBox> boxes)
        {
            foreach (ScoredBox candidate in boxes)
            {
                _side = Math.Max(_side, Math.Max(candidate.Box.Width, candidate.Box.Height) + 1);
            }
        }

        public void Add(ReadOnlySpan<ScoredBox> boxes, int index)
        {
            (long Column, long Row) cell = CellOf(boxes[index].Box);
            if (!_cells.TryGetValue(cell, out List<int>? inside))
            {
                _cells.Add(cell, inside = []);
            }

            inside.Add(index);
        }

        public bool HasOverlap(ReadOnlySpan<ScoredBox> boxes, int index, SuppressionRule rule)
        {
            Box box = boxes[index].Box;
            (long column, long row) = CellOf(box);
            for (long x = column - 1; x <= column + 1; x++)
            {
                for (long y = row - 1; y <= row + 1; y++)
                {
                    if (_cells.TryGetValue((x, y), out List<int>? inside) && AnyOverlaps(boxes, inside, box, rule))
                    {
                        return true;
                    }
                }
            }

            return false;
        }

        private static bool AnyOverlaps(ReadOnlySpan<ScoredBox> boxes, List<int> inside, Box box, SuppressionRule rule)
        {
            foreach (int other in inside)
            {
                if (Overlap(boxes[other].Box, box, rule.Kind) > rule.Threshold)
                {
                    return true;
                }
            }

            return false;
        }

        private (long Column, long Row) CellOf(Box box)
        {
            ImagePoint center = box.Center;
            return ((long)Math.Floor(center.X / _side), (long)Math.Floor(center.Y / _side));
        }
    }
}
