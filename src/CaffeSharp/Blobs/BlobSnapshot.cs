using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Which memory of which blob a view was taken of, so that a later use can tell whether it is still there. While
/// <see cref="BlobVersion"/> stands still, nothing of it needs a call into the library.</summary>
internal readonly struct BlobSnapshot
{
    private readonly Blob? _blob;
    private readonly BlobMemory? _memory;

    internal BlobSnapshot(Blob blob, BlobPart part, bool mutable)
    {
        _blob = blob;
        _memory = blob.Memory(part, mutable);
    }

    /// <summary>The shape when the view was taken.</summary>
    internal ReadOnlySpan<int> Shape => _memory is null ? [] : _memory.Shape;

    /// <summary>Elements when the view was taken.</summary>
    internal int Length => _memory is null ? 0 : _memory.Count;

    /// <summary>The memory, if it is still that of the time the view was taken.</summary>
    internal Span<float> Current()
    {
        if (_blob is null || _memory is null)
        {
            return [];
        }

        BlobMemory memory = _blob.Memory(_memory.Part, _memory.Mutable);
        if (!ReferenceEquals(memory, _memory) && !memory.IsSame(_memory.Pointer, _memory.Shape))
        {
            string happened = memory.Shape.AsSpan().SequenceEqual(_memory.Shape)
                ? "its memory has moved"
                : $"it was {BlobShape.Describe(_memory.Shape)} then and is {BlobShape.Describe(memory.Shape)} now";
            throw new StaleBlobViewException(
                $"This view of {_blob.Description} is stale: {happened}. Take a new view from the blob.");
        }

        return NativeSpan.Of(_memory.Pointer, _memory.Count);
    }

    /// <summary>One value of the memory, if it is still that of the time the view was taken.</summary>
    internal ref float At(scoped ReadOnlySpan<int> indices) => ref Current()[BlobShape.Offset(Shape, indices)];

    /// <summary>The lengths of the axes as tensors count them.</summary>
    internal nint[] Lengths() => _memory is null ? [] : TensorShape.Lengths(_memory.Shape);
}
