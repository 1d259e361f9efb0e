using System.Numerics.Tensors;
using CaffeSharp.Messages;
using Google.Protobuf.Collections;

namespace CaffeSharp;

/// <summary>BlobProtos from arrays, and back: <c>array_to_blobproto</c>, <c>blobproto_to_array</c> and their list forms of
/// pycaffe. Weights in a caffemodel, and mean files, are BlobProtos. All members may be called from any thread.</summary>
public static class BlobProtoArrays
{
    /// <summary>Makes a BlobProto of a tensor, in the tensor's shape.</summary>
    /// <param name="tensor">The values, which are copied.</param>
    /// <param name="diff">The gradients, of the same shape; null for none.</param>
    /// <exception cref="ArgumentException">The gradients have another shape.</exception>
    public static BlobProto ToBlobProto(this Tensor<float> tensor, Tensor<float>? diff = null)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        BlobProto blob = new() { Shape = new() };
        foreach (int dimension in TensorShape.Of(tensor.Lengths))
        {
            blob.Shape.Dim.Add(dimension);
        }

        Fill(blob.Data, TensorShape.Values(tensor));
        if (diff is not null)
        {
            if (!diff.Lengths.SequenceEqual(tensor.Lengths))
            {
                throw new ArgumentException(
                    $"The gradients have the shape {TensorShape.Describe(diff.Lengths)}, the values " +
                    $"{TensorShape.Describe(tensor.Lengths)}.",
                    nameof(diff));
            }

            Fill(blob.Diff, TensorShape.Values(diff));
        }

        return blob;
    }

    /// <summary>A BlobProto's values, or gradients, as an array. Doubles become floats. The old form of a shape, num x
    /// channels x height x width, gives four axes.</summary>
    /// <param name="blob">The BlobProto.</param>
    /// <param name="diff">Whether the gradients are required.</param>
    /// <exception cref="ArgumentException">It has another number of values than its shape, or a shape no blob can
    /// have.</exception>
    public static Tensor<float> ToTensor(this BlobProto blob, bool diff = false)
    {
        ArgumentNullException.ThrowIfNull(blob);
        RepeatedField<float> floats = diff ? blob.Diff : blob.Data;
        RepeatedField<double> doubles = diff ? blob.DoubleDiff : blob.DoubleData;
        float[] values = doubles.Count > 0 ? [.. doubles.Select(value => (float)value)] : [.. floats];
        int[] shape = ShapeOf(blob);
        return values.Length == BlobShape.CheckedCount(shape, nameof(blob))
            ? TensorShape.Wrap(values, shape)
            : throw new ArgumentException(
                $"The BlobProto has the shape {BlobShape.Describe(shape)} and {values.Length} {(diff ? "gradients" : "values")}.",
                nameof(blob));
    }

    /// <summary>Makes one message of several tensors: <c>arraylist_to_blobprotovector_str</c> of pycaffe, whose string are the
    /// message's bytes.</summary>
    /// <param name="tensors">The tensors, which are copied.</param>
    public static BlobProtoVector ToBlobProtoVector(this IEnumerable<Tensor<float>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new() { Blobs = { tensors.Select(tensor => tensor.ToBlobProto()) } };
    }

    /// <summary>The tensors of a message of several: <c>blobprotovector_str_to_arraylist</c> of pycaffe.</summary>
    /// <param name="vector">The message.</param>
    /// <exception cref="ArgumentException">One of them has another number of values than its shape.</exception>
    public static IReadOnlyList<Tensor<float>> ToTensors(this BlobProtoVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return [.. vector.Blobs.Select(blob => blob.ToTensor())];
    }

    internal static void Fill(RepeatedField<float> field, ReadOnlySpan<float> values)
    {
        field.Capacity = values.Length;
        foreach (float value in values)
        {
            field.Add(value);
        }
    }

    private static int[] ShapeOf(BlobProto blob)
    {
        if (blob.HasNum || blob.HasChannels || blob.HasHeight || blob.HasWidth)
        {
            return [blob.Num, blob.Channels, blob.Height, blob.Width];
        }

        long[] dimensions = blob.Shape is null ? [] : [.. blob.Shape.Dim];
        return dimensions.All(dimension => dimension is >= 0 and <= int.MaxValue)
            ? Array.ConvertAll(dimensions, dimension => (int)dimension)
            : throw new ArgumentException(
                $"The BlobProto has the shape {string.Join(" x ", dimensions)}, which no blob can have.", nameof(blob));
    }
}
