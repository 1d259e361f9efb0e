using System.Numerics;
using Mtcnn.Faces;

namespace Mtcnn.Cascade.Boxes;

/// <summary>
/// Non-maximum suppression with memory that is kept from one call to the next. Not thread-safe.
/// </summary>
internal sealed class BoxSuppressor
{
    private readonly KeptBoxes _kept = new();
    private ulong[] _order = [];
    private int[] _result = [];

    /// <summary>How many pairs of boxes the last call compared.</summary>
    public long Comparisons => _kept.Comparisons;

    /// <summary>Finds the boxes that stay (see <see cref="NonMaximumSuppression.Apply"/>).</summary>
    /// <returns>Their indices, valid until the next call.</returns>
    public ReadOnlySpan<int> Apply(ReadOnlySpan<ScoredBox> boxes, SuppressionRule rule)
    {
        if (_order.Length < boxes.Length)
        {
            int length = (int)BitOperations.RoundUpToPowerOf2((uint)boxes.Length);
            _order = new ulong[length];
            _result = new int[length];
        }

        Span<ulong> order = _order.AsSpan(0, boxes.Length);
        for (int index = 0; index < boxes.Length; index++)
        {
            order[index] = ((ulong)FallingKey(boxes[index].Score) << 32) | (uint)index;
        }

        order.Sort();
        _kept.Clear(boxes.Length);
        int count = 0;
        foreach (ulong key in order)
        {
            int index = (int)(uint)key;
            if (_kept.AddUnlessOverlapped(boxes[index].Box, rule))
            {
                _result[count++] = index;
            }
        }

        return _result.AsSpan(0, count);
    }

    // Orders as the scores do, the other way round; 0 and -0 are equal, and what is not a number comes last.
    private static uint FallingKey(float score)
    {
        if (float.IsNaN(score))
        {
            return uint.MaxValue;
        }

        uint bits = BitConverter.SingleToUInt32Bits(score + 0f);
        uint rising = (bits & 0x8000_0000) == 0 ? bits | 0x8000_0000 : ~bits;
        return ~rising;
    }
}
