using System.Numerics.Tensors;

namespace CaffeSharp;

/// <summary>Gathers the rows of a blob, batch by batch, without those of the padding.</summary>
internal sealed class RowSink(Blob blob, BlobPart part, int rows, int batchSize)
{
    private int[]? _shape;
    private float[] _values = [];

    internal string Name => blob.Name;

    internal Tensor<float> Rows => TensorShape.Wrap(_values, [rows, .. _shape.AsSpan(1)]);

    internal void Take(int firstRow)
    {
        ReadOnlyBlobView view = part == BlobPart.Data ? blob.Data : blob.Diff;
        ReadOnlySpan<int> shape = view.Shape;
        if (shape.Length == 0 || shape[0] != batchSize)
        {
            throw new InvalidOperationException(
                $"{blob.Description} does not have a row for each of the {batchSize} of the batch, so that its rows cannot be " +
                "gathered. Read it after Forward instead.");
        }

        if (_shape is null)
        {
            _shape = shape.ToArray();
            _values = new float[BlobShape.CheckedCount([rows, .. shape[1..]])];
        }
        else if (!shape.SequenceEqual(_shape))
        {
            throw new InvalidOperationException(
                $"{blob.Description} was {BlobShape.Describe(_shape)} for the batch before; rows of one shape alone can be gathered.");
        }

        int rowLength = view.Length / batchSize;
        int taken = Math.Min(batchSize, rows - firstRow) * rowLength;
        view.Span[..taken].CopyTo(_values.AsSpan(firstRow * rowLength));
    }
}
