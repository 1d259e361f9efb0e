using CaffeSharp.Messages;
using Google.Protobuf.Collections;

namespace CaffeSharp;

/// <summary>BlobProtos from arrays, and back: <c>array_to_blobproto</c>, <c>blobproto_to_array</c> and their list forms of
/// pycaffe. Weights in a caffemodel, and mean files, are BlobProtos. All members may be called from any thread.</summary>
public static class BlobProtoArrays
{
    /// <summary>Makes a BlobProto of an array, in the array's shape.</summary>
    /// <param name="array">The values, which are copied.</param>
    /// <param name="diff">The gradients, of the same shape; null for none.</param>
    /// <exception cref="ArgumentException">The gradients have another shape.</exception>
    public static BlobProto ToBlobProto(this NpyArray array, NpyArray? diff = null)
    {
        ArgumentNullException.ThrowIfNull(array);
        BlobProto blob = new() { Shape = new() };
        foreach (int dimension in array.Shape)
        {
            blob.Shape.Dim.Add(dimension);
        }

        Fill(blob.Data, array.Values.Span);
        if (diff is not null)
        {
            if (!diff.Shape.SequenceEqual(array.Shape))
            {
                throw new ArgumentException(
                    $"The gradients have the shape {BlobShape.Describe(diff.Shape)}, the values " +
                    $"{BlobShape.Describe(array.Shape)}.",
                    nameof(diff));
            }

            Fill(blob.Diff, diff.Values.Span);
        }

        return blob;
    }

    /// <summary>A BlobProto's values, or gradients, as an array. Doubles become floats. The old form of a shape, num x
    /// channels x height x width, gives four axes.</summary>
    /// <param name="blob">The BlobProto.</param>
    /// <param name="diff">Whether the gradients are wanted.</param>
    /// <exception cref="ArgumentException">It has another number of values than its shape, or a shape no blob can
    /// have.</exception>
    public static NpyArray ToArray(this BlobProto blob, bool diff = false)
    {
        ArgumentNullException.ThrowIfNull(blob);
        RepeatedField<float> floats = diff ? blob.Diff : blob.Data;
        RepeatedField<double> doubles = diff ? blob.DoubleDiff : blob.DoubleData;
        float[] values = doubles.Count > 0 ? [.. doubles.Select(value => (float)value)] : [.. floats];
        int[] shape = ShapeOf(blob);
        return values.Length == BlobShape.CheckedCount(shape, nameof(blob))
            ? new(values, shape)
            : throw new ArgumentException(
                $"The BlobProto has the shape {BlobShape.Describe(shape)} and {values.Length} {(diff ? "gradients" : "values")}.",
                nameof(blob));
    }

    /// <summary>Makes one message of several arrays: <c>arraylist_to_blobprotovector_str</c> of pycaffe, whose string are the
    /// message's bytes.</summary>
    /// <param name="arrays">The arrays, which are copied.</param>
    public static BlobProtoVector ToBlobProtoVector(this IEnumerable<NpyArray> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        return new() { Blobs = { arrays.Select(array => array.ToBlobProto()) } };
    }

    /// <summary>The arrays of a message of several: <c>blobprotovector_str_to_arraylist</c> of pycaffe.</summary>
    /// <param name="vector">The message.</param>
    /// <exception cref="ArgumentException">One of them has another number of values than its shape.</exception>
    public static IReadOnlyList<NpyArray> ToArrays(this BlobProtoVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return [.. vector.Blobs.Select(blob => blob.ToArray())];
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
