using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CaffeSharp;

/// <summary>Between the shapes of blobs and those of .NET's tensors. A tensor without axes is empty, so a scalar is a tensor
/// of the shape 1.</summary>
internal static class TensorShape
{
    /// <summary>A blob's shape as a tensor's lengths.</summary>
    internal static nint[] Lengths(ReadOnlySpan<int> shape)
    {
        if (shape.IsEmpty)
        {
            return [1];
        }

        nint[] lengths = new nint[shape.Length];
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            lengths[axis] = shape[axis];
        }

        return lengths;
    }

    /// <summary>A tensor's lengths as a blob's shape.</summary>
    /// <exception cref="ArgumentException">No blob can have them.</exception>
    internal static int[] Of(ReadOnlySpan<nint> lengths, [CallerArgumentExpression(nameof(lengths))] string? parameter = null)
    {
        int[] shape = new int[lengths.Length];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            shape[axis] = lengths[axis] <= int.MaxValue
                ? (int)lengths[axis]
                : throw new ArgumentException(
                    $"Axis {axis} of the tensor has the length {lengths[axis]}; a blob's has at most {int.MaxValue}.", parameter);
        }

        BlobShape.CheckedCount(shape, parameter);
        return shape;
    }

    /// <summary>"1 x 3 x 12 x 12" for a tensor's lengths.</summary>
    internal static string Describe(ReadOnlySpan<nint> lengths) =>
        lengths.IsEmpty ? "without axes" : string.Join(" x ", lengths.ToArray());

    /// <summary>A tensor over values, without a copy.</summary>
    /// <param name="values">The values, row-major.</param>
    /// <param name="shape">A blob's shape of as many.</param>
    internal static Tensor<float> Wrap(float[] values, ReadOnlySpan<int> shape) => Tensor.Create(values, Lengths(shape));

    /// <summary>The values of a tensor, row-major: its own memory where it is dense, a copy where it is not.</summary>
    internal static ReadOnlySpan<float> Values(in ReadOnlyTensorSpan<float> tensor)
    {
        int count = checked((int)tensor.FlattenedLength);
        if (count == 0)
        {
            return [];
        }

        Span<nint> start = tensor.Rank <= Blob.MaxAxes ? stackalloc nint[tensor.Rank] : new nint[tensor.Rank];
        start.Clear();
        if (tensor.IsDense && tensor.TryGetSpan(start, 1, out ReadOnlySpan<float> first))
        {
            // TryGetSpan refuses a whole tensor whose last axes have the length 1, although a dense tensor is contiguous.
            return MemoryMarshal.CreateReadOnlySpan(in first[0], count);
        }

        float[] copy = new float[count];
        tensor.FlattenTo(copy);
        return copy;
    }
}
