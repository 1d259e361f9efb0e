using System.Numerics;
using Mtcnn.Faces;

namespace Mtcnn.Cascade.Boxes;

/// <summary>
/// The boxes that suppression has kept so far, findable by place and size: one grid a size class (a power of two of the
/// longer side), whose cells are as large as its largest box, so that two boxes overlap only where their centres lie in near cells.
/// The memory is kept when it is cleared.
/// </summary>
internal sealed class KeptBoxes
{
    // Sides from 1 pixel to 2^30; smaller ones count as 1.
    private const int Classes = 31;
    private const int None = -1;

    // What is larger, or has an edge that is not finite, is compared with every box.
    private const int Unbounded = Classes;
    private const double LargestEdge = 1 << 29;

    private readonly int[] _ofClass = new int[Classes + 1];
    private readonly int[] _lastOfClass = new int[Classes + 1];
    private Entry[] _entries = [];
    private int[] _buckets = [];
    private int _count;
    private int _mask;

    /// <summary>How many pairs of boxes were compared since the last clearing.</summary>
    public long Comparisons { get; private set; }

    /// <summary>Forgets all boxes.</summary>
    /// <param name="capacity">How many may come.</param>
    public void Clear(int capacity)
    {
        int length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 1));
        if (_entries.Length < length)
        {
            _entries = new Entry[length];
            _buckets = new int[length];
        }

        _mask = length - 1;
        _count = 0;
        Comparisons = 0;
        Array.Fill(_buckets, None, 0, length);
        Array.Clear(_ofClass);
        Array.Fill(_lastOfClass, None);
    }

    /// <summary>Adds a box, unless one of those that are here overlaps it by more than the rule's threshold.</summary>
    public bool AddUnlessOverlapped(Box box, SuppressionRule rule)
    {
        int sizeClass = ClassOf(box);
        for (int other = 0; other <= Unbounded; other++)
        {
            if (_ofClass[other] > 0 && CanOverlap(sizeClass, other, rule) && AnyOverlaps(box, sizeClass, other, rule))
            {
                return false;
            }
        }

        Add(box, sizeClass);
        return true;
    }

    private static int ClassOf(Box box)
    {
        bool bounded = Math.Abs(box.Left) < LargestEdge && Math.Abs(box.Top) < LargestEdge
            && Math.Abs(box.Right) < LargestEdge && Math.Abs(box.Bottom) < LargestEdge;
        return bounded ? BitOperations.Log2((uint)Math.Max(LongerSide(box), 1)) : Unbounded;
    }

    private static double LongerSide(Box box) => Math.Max(box.Width, box.Height) + 1;

    private static double CellSide(int sizeClass) => 2L << sizeClass;

    private static long CellOf(double place, double side) => (long)Math.Floor(place / side);

    // The intersection is no longer than the smaller box, so the overlap is at most the ratio of the longer sides; a quarter
    // more is allowed for rounding.
    private static bool CanOverlap(int first, int second, SuppressionRule rule)
    {
        int apart = Math.Abs(first - second);
        return rule.Kind != OverlapKind.Union || first == Unbounded || second == Unbounded || apart < 2
            || rule.Threshold < 1.25 / (1L << (apart - 1));
    }

    private void Add(Box box, int sizeClass)
    {
        ref Entry entry = ref _entries[_count];
        entry.Box = box;
        entry.NextOfClass = _lastOfClass[sizeClass];
        _lastOfClass[sizeClass] = _count;
        if (sizeClass != Unbounded)
        {
            double side = CellSide(sizeClass);
            ImagePoint center = box.Center;
            entry.Class = sizeClass;
            entry.Column = CellOf(center.X, side);
            entry.Row = CellOf(center.Y, side);
            ref int bucket = ref _buckets[Bucket(sizeClass, entry.Column, entry.Row)];
            entry.NextInBucket = bucket;
            bucket = _count;
        }

        _ofClass[sizeClass]++;
        _count++;
    }

    private bool AnyOverlaps(Box box, int sizeClass, int other, SuppressionRule rule)
    {
        if (sizeClass == Unbounded || other == Unbounded)
        {
            return AnyOfClassOverlaps(box, other, rule);
        }

        // The centre of a box of the class lies at most half a cell outside a box that it touches; one pixel more is counted inclusively.
        double side = CellSide(other);
        double reach = (side / 2) + 1;
        long firstColumn = CellOf(Math.Min(box.Left, box.Right) - reach, side);
        long lastColumn = CellOf(Math.Max(box.Left, box.Right) + reach, side);
        long firstRow = CellOf(Math.Min(box.Top, box.Bottom) - reach, side);
        long lastRow = CellOf(Math.Max(box.Top, box.Bottom) + reach, side);
        if ((double)(lastColumn - firstColumn + 1) * (lastRow - firstRow + 1) > _ofClass[other])
        {
            return AnyOfClassOverlaps(box, other, rule);
        }

        for (long column = firstColumn; column <= lastColumn; column++)
        {
            for (long row = firstRow; row <= lastRow; row++)
            {
                if (AnyInCellOverlaps(box, other, column, row, rule))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool AnyOfClassOverlaps(Box box, int other, SuppressionRule rule)
    {
        for (int at = _lastOfClass[other]; at != None; at = _entries[at].NextOfClass)
        {
            if (Overlaps(at, box, rule))
            {
                return true;
            }
        }

        return false;
    }

    private bool AnyInCellOverlaps(Box box, int other, long column, long row, SuppressionRule rule)
    {
        for (int at = _buckets[Bucket(other, column, row)]; at != None; at = _entries[at].NextInBucket)
        {
            ref Entry entry = ref _entries[at];
            if (entry.Column == column && entry.Row == row && entry.Class == other && Overlaps(at, box, rule))
            {
                return true;
            }
        }

        return false;
    }

    private bool Overlaps(int at, Box box, SuppressionRule rule)
    {
        Comparisons++;
        return NonMaximumSuppression.Overlap(_entries[at].Box, box, rule.Kind) > rule.Threshold;
    }

    private int Bucket(int sizeClass, long column, long row)
    {
        ulong hash = ((ulong)column * 0x9E37_79B9_7F4A_7C15) ^ ((ulong)row * 0xC2B2_AE3D_27D4_EB4F) ^ ((ulong)sizeClass * 0x1656_67B1_9E37_79F9);
        return (int)((hash ^ (hash >> 29)) * 0xBF58_476D_1CE4_E5B9 >> 33) & _mask;
    }

    private struct Entry
    {
        public Box Box;
        public long Column;
        public long Row;
        public int Class;
        public int NextInBucket;
        public int NextOfClass;
    }
}
