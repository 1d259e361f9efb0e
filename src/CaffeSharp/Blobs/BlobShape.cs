using System.Globalization;
using System.Runtime.CompilerServices;

namespace CaffeSharp;

/// <summary>What holds for every blob shape: the limits, the row-major order and how it is written in messages.</summary>
internal static class BlobShape
{
    /// <summary>Refuses what no blob can have, and counts the elements.</summary>
    internal static int CheckedCount(
        ReadOnlySpan<int> shape, [CallerArgumentExpression(nameof(shape))] string? parameter = null)
    {
        if (shape.Length > Blob.MaxAxes)
        {
            throw new ArgumentException(
                $"The shape has {shape.Length} axes; a blob has at most {Blob.MaxAxes}.", parameter);
        }

        long count = 1;
        foreach (int dimension in shape)
        {
            if (dimension < 0)
            {
                throw new ArgumentException(
                    $"The shape {Describe(shape)} has a negative dimension, {dimension}.", parameter);
            }

            count = dimension == 0 ? 0 : count * dimension;
            if (count > int.MaxValue)
            {
                throw new ArgumentException(
                    $"The shape {Describe(shape)} has more than {int.MaxValue} elements, which is Caffe's limit.", parameter);
            }
        }

        return (int)count;
    }

    /// <summary>Elements of a shape that is a blob's.</summary>
    internal static int Count(ReadOnlySpan<int> shape)
    {
        int count = 1;
        foreach (int dimension in shape)
        {
            count *= dimension;
        }

        return count;
    }

    /// <summary>The place of an element in row-major order.</summary>
    internal static int Offset(ReadOnlySpan<int> shape, ReadOnlySpan<int> indices)
    {
        if (indices.Length != shape.Length)
        {
            throw new ArgumentException(
                $"{indices.Length} indices were given for a blob of {shape.Length} axes, {Describe(shape)}.", nameof(indices));
        }

        int offset = 0;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if ((uint)indices[axis] >= (uint)shape[axis])
            {
                throw new ArgumentOutOfRangeException(
                    nameof(indices), $"Index {indices[axis]} of axis {axis} is outside the shape {Describe(shape)}.");
            }

            offset = (offset * shape[axis]) + indices[axis];
        }

        return offset;
    }

    /// <summary>"1 x 3 x 12 x 12", or "scalar".</summary>
    internal static string Describe(ReadOnlySpan<int> shape)
    {
        string[] dimensions = new string[shape.Length];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            dimensions[axis] = shape[axis].ToString(CultureInfo.InvariantCulture);
        }

        return dimensions.Length == 0 ? "scalar" : string.Join(" x ", dimensions);
    }
}
