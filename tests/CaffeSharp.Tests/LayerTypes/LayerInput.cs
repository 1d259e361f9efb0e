namespace CaffeSharp.Tests.LayerTypes;

/// <summary>One bottom of a layer under test.</summary>
/// <param name="IsLearnt">Whether a gradient goes into it.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Value">Its values, by their place; null for numbers that are all different.</param>
internal sealed record LayerInput(bool IsLearnt, int[] Shape, Func<int, float>? Value = null)
{
    private const float Spacing = 0.05f;

    /// <summary>A bottom with a gradient, of values that lie further apart, and from zero, than a gradient check moves them.</summary>
    internal static LayerInput Learnt(params int[] shape) => new(true, shape);

    /// <summary>A bottom without a gradient.</summary>
    internal static LayerInput Given(params int[] shape) => new(false, shape);

    /// <summary>A bottom of given values without a gradient.</summary>
    internal static LayerInput Values(int[] shape, params int[] values) => new(false, shape, at => values[at % values.Length]);

    internal float[] ToArray(int seed)
    {
        int count = Shape.Aggregate(1, (product, length) => product * length);
        if (Value is not null)
        {
            return [.. Enumerable.Range(0, count).Select(Value)];
        }

        int[] order = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(order);
        return [.. order.Select(rank => Spacing * (rank - (count / 2) + 0.5f))];
    }
}
