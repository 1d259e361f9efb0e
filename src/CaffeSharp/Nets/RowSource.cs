namespace CaffeSharp;

/// <summary>Arrays of any number of rows, handed to a net's blobs a batch at a time. The last batch is padded with zeros.</summary>
internal sealed class RowSource
{
    private readonly (NpyArray Array, Blob Blob)[] _arrays;
    private readonly BlobPart _part;

    /// <param name="net">The net.</param>
    /// <param name="arrays">An array for each of the blobs.</param>
    /// <param name="blobs">The blobs that are to be filled.</param>
    /// <param name="part">Data or diff.</param>
    /// <param name="parameter">The caller's parameter, for messages.</param>
    internal RowSource(
        Net net, IReadOnlyDictionary<string, NpyArray> arrays, NamedList<Blob> blobs, BlobPart part, string parameter)
    {
        string what = part == BlobPart.Data ? "input" : "output";
        foreach (string name in arrays.Keys)
        {
            if (!blobs.Contains(name))
            {
                throw new ArgumentException(
                    $"'{name}' is no {what} of net '{net.Name}'.{NearestName.Suggestion(name, blobs.Names)} " +
                    $"Its {what}s are: {string.Join(", ", blobs.Names)}.", parameter);
            }
        }

        _part = part;
        _arrays = [.. blobs.Select(blob => (
            arrays.GetValueOrDefault(blob.Name) ?? throw new ArgumentException(
                $"There is no array for the {what} '{blob.Name}' of net '{net.Name}'.", parameter), blob))];
        BatchSize = RowsOf(_arrays[0].Blob.Shape, $"blob '{_arrays[0].Blob.Name}'", parameter);
        Rows = RowsOf(_arrays[0].Array.Shape, $"the array for '{_arrays[0].Blob.Name}'", parameter);
        foreach ((NpyArray array, Blob blob) in _arrays)
        {
            Check(array, blob, parameter);
        }
    }

    /// <summary>Rows that the net takes at once.</summary>
    internal int BatchSize { get; }

    /// <summary>Rows of every array; at least one.</summary>
    internal int Rows { get; }

    internal void Fill(int firstRow)
    {
        foreach ((NpyArray array, Blob blob) in _arrays)
        {
            BlobView view = _part == BlobPart.Data ? blob.MutableData : blob.MutableDiff;
            int rowLength = array.Values.Length / Rows;
            Span<float> target = view.Span;
            ReadOnlySpan<float> rows = array.Values.Span[(firstRow * rowLength)..];
            rows = rows[..Math.Min(rows.Length, target.Length)];
            rows.CopyTo(target);
            target[rows.Length..].Clear();
        }
    }

    private static int RowsOf(ReadOnlySpan<int> shape, string what, string parameter) => shape.Length > 0 && shape[0] > 0
        ? shape[0]
        : throw new ArgumentException($"{what} ({BlobShape.Describe(shape)}) has no rows.", parameter);

    private void Check(NpyArray array, Blob blob, string parameter)
    {
        ReadOnlySpan<int> shape = blob.Shape;
        if (shape.Length == 0 || shape[0] != BatchSize)
        {
            throw new ArgumentException(
                $"{blob.Description} does not have the {BatchSize} rows of the net's batch; reshape the net's inputs.", parameter);
        }

        if (array.Shape.Length != shape.Length || !array.Shape[1..].SequenceEqual(shape[1..]))
        {
            throw new ArgumentException(
                $"The array for {blob.Description} is {BlobShape.Describe(array.Shape)}; all but the first axis must be the " +
                "blob's.", parameter);
        }

        if (array.Shape[0] != Rows)
        {
            throw new ArgumentException(
                $"The array for '{blob.Name}' has {array.Shape[0]} rows, the one for '{_arrays[0].Blob.Name}' has {Rows}.",
                parameter);
        }
    }
}
