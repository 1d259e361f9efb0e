namespace CaffeSharp;

/// <summary>Where one part of a blob was found, and in which shape. Only the version changes, so that two threads that read
/// a blob at once see a pointer with its own shape.</summary>
internal sealed class BlobMemory(BlobPart part, bool mutable, nint pointer, int[] shape)
{
    private long _version = -1;

    internal BlobPart Part { get; } = part;

    internal bool Mutable { get; } = mutable;

    /// <summary>Host memory; 0 for a blob without elements, which has none.</summary>
    internal nint Pointer { get; } = pointer;

    internal int[] Shape { get; } = shape;

    /// <summary>Number of values.</summary>
    internal int Count { get; } = BlobShape.Count(shape);

    /// <summary>The value of <see cref="BlobVersion"/> at which it was last seen to hold.</summary>
    internal long Version
    {
        get => Volatile.Read(ref _version);
        set => Volatile.Write(ref _version, value);
    }

    /// <summary>Whether it describes the same memory in the same shape.</summary>
    internal bool IsSame(nint pointer, ReadOnlySpan<int> shape) => pointer == Pointer && shape.SequenceEqual(Shape);
}
