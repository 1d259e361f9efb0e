using System.Numerics.Tensors;

namespace CaffeSharp;

/// <summary>Tensors of any number of rows, handed to a net's blobs a batch at a time. The last batch is padded with zeros.</summary>
internal sealed class RowSource
{
    private readonly (Tensor<float> Tensor, Blob Blob)[] _tensors;
    private readonly BlobPart _part;

    /// <param name="net">The net.</param>
    /// <param name="tensors">A tensor for each of the blobs.</param>
    /// <param name="blobs">The blobs that are to be filled.</param>
    /// <param name="part">Data or diff.</param>
    /// <param name="parameter">The caller's parameter, for messages.</param>
    internal RowSource(
        Net net, IReadOnlyDictionary<string, Tensor<float>> tensors, NamedList<Blob> blobs, BlobPart part, string parameter)
    {
        _part = part;
        _tensors = NamedTensors.Match(net, tensors, blobs, part == BlobPart.Data ? "input" : "output", parameter);
        Blob first = _tensors[0].Blob;
        BatchSize = RowsOf(first.Shape, $"blob '{first.Name}'", parameter);
        Rows = RowsOf(TensorShape.Of(_tensors[0].Tensor.Lengths, parameter), $"the tensor for '{first.Name}'", parameter);
        for (int index = 0; index < _tensors.Length; index++)
        {
            (Tensor<float> tensor, Blob blob) = _tensors[index];
            Check(TensorShape.Of(tensor.Lengths, parameter), blob, parameter);
            _tensors[index].Tensor = tensor.ToDenseTensor();
        }
    }

    /// <summary>Rows that the net takes at once.</summary>
    internal int BatchSize { get; }

    /// <summary>Rows of every tensor; at least one.</summary>
    internal int Rows { get; }

    internal void Fill(int firstRow)
    {
        foreach ((Tensor<float> tensor, Blob blob) in _tensors)
        {
            BlobView view = _part == BlobPart.Data ? blob.MutableData : blob.MutableDiff;
            Span<float> target = view.Span;
            ReadOnlySpan<float> values = TensorShape.Values(tensor);
            ReadOnlySpan<float> rows = values[(firstRow * (values.Length / Rows))..];
            rows = rows[..Math.Min(rows.Length, target.Length)];
            rows.CopyTo(target);
            target[rows.Length..].Clear();
        }
    }

    private static int RowsOf(ReadOnlySpan<int> shape, string what, string parameter) => shape.Length > 0 && shape[0] > 0
        ? shape[0]
        : throw new ArgumentException($"{what} ({BlobShape.Describe(shape)}) has no rows.", parameter);

    private void Check(int[] given, Blob blob, string parameter)
    {
        ReadOnlySpan<int> shape = blob.Shape;
        if (shape.Length == 0 || shape[0] != BatchSize)
        {
            throw new ArgumentException(
                $"{blob.Description} does not have the {BatchSize} rows of the net's batch; reshape the net's inputs.", parameter);
        }

        if (given.Length != shape.Length || !given.AsSpan(1).SequenceEqual(shape[1..]))
        {
            throw new ArgumentException(
                $"The tensor for {blob.Description} is {BlobShape.Describe(given)}; all but the first axis must be the " +
                "blob's.", parameter);
        }

        if (given[0] != Rows)
        {
            throw new ArgumentException(
                $"The tensor for '{blob.Name}' has {given[0]} rows, the one for '{_tensors[0].Blob.Name}' has {Rows}.",
                parameter);
        }
    }
}
