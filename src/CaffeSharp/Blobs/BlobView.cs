using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace CaffeSharp;

/// <summary>A writable look at a blob's data or diff: 32-bit floats, row-major, in the blob's shape when the view was
/// taken. What <see cref="ReadOnlyBlobView"/> says on lifetime and threads holds here too. Each access marks a copy on
/// the GPU as out of date, so take a new span for what is written after a run.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "A view is used and dropped; two are not compared.")]
[SuppressMessage("Design", "CA1043", Justification = "One index an axis, as tensors of .NET have it.")]
public readonly struct BlobView
{
    private readonly BlobSnapshot _snapshot;

    internal BlobView(BlobSnapshot snapshot) => _snapshot = snapshot;

    /// <summary>The values, in row-major order.</summary>
    /// <exception cref="StaleBlobViewException">The blob was reshaped since.</exception>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public Span<float> Span => _snapshot.Current();

    /// <summary>Number of values.</summary>
    public int Length => _snapshot.Length;

    /// <summary>Lengths of the axes, outermost first.</summary>
    public ReadOnlySpan<int> Shape => _snapshot.Shape;

    /// <summary>One value, to read or set.</summary>
    /// <param name="indices">Its index on each axis, from 0. Each use checks the blob: for many values, take the span once.</param>
    /// <exception cref="ArgumentException">There are more or fewer indices than axes, or one is outside the shape.</exception>
    /// <exception cref="StaleBlobViewException">The blob was reshaped since.</exception>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public ref float this[params ReadOnlySpan<int> indices] =>
        ref _snapshot.At(indices);

    /// <summary>The same as <see cref="Span"/>.</summary>
    /// <param name="view">The view.</param>
    public static implicit operator Span<float>(BlobView view) => view.Span;

    /// <summary>The same as <see cref="Span"/>.</summary>
    /// <exception cref="StaleBlobViewException">The blob was reshaped since.</exception>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public Span<float> ToSpan() => Span;

    /// <summary>The values as a tensor of the blob's shape; it lives as long as a span. A scalar is one of length 1.</summary>
    /// <exception cref="StaleBlobViewException">The blob was reshaped since.</exception>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public TensorSpan<float> AsTensorSpan() => new(_snapshot.Current(), _snapshot.Lengths());
}
