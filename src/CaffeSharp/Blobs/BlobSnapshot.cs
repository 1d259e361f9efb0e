using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Which memory of which blob a view was taken of, so that a later use can tell whether it is still there.</summary>
internal readonly struct BlobSnapshot
{
    private readonly Blob? _blob;
    private readonly BlobPart _part;
    private readonly bool _mutable;
    private readonly nint _pointer;
    private readonly int[]? _shape;

    internal BlobSnapshot(Blob blob, BlobPart part, bool mutable)
    {
        _blob = blob;
        _part = part;
        _mutable = mutable;
        _shape = blob.CurrentShape();
        _pointer = blob.Pointer(part, mutable, BlobShape.Count(_shape));
    }

    /// <summary>The shape when the view was taken.</summary>
    internal ReadOnlySpan<int> Shape => _shape;

    /// <summary>Elements when the view was taken.</summary>
    internal int Length => _blob is null ? 0 : BlobShape.Count(_shape);

    /// <summary>The memory, if it is still that of the time the view was taken.</summary>
    internal Span<float> Current()
    {
        if (_blob is null)
        {
            return [];
        }

        int[] shape = _blob.CurrentShape();
        int length = Length;
        bool sameShape = ReferenceEquals(shape, _shape) || shape.AsSpan().SequenceEqual(_shape);
        if (!sameShape || _blob.Pointer(_part, _mutable, length) != _pointer)
        {
            string happened = sameShape
                ? "its memory has moved"
                : $"it was {BlobShape.Describe(_shape)} then and is {BlobShape.Describe(shape)} now";
            throw new StaleBlobViewException(
                $"This view of {_blob.Description} is stale: {happened}. Take a new view from the blob.");
        }

        return NativeSpan.Of(_pointer, length);
    }

    /// <summary>The lengths of the axes as tensors count them: one of none is empty there, so a scalar has one axis.</summary>
    internal nint[] Lengths() => _shape switch
    {
        null => [],
        [] => [1],
        _ => Array.ConvertAll(_shape, dimension => (nint)dimension),
    };
}
