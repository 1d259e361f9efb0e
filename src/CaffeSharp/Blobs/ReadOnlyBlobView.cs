using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace CaffeSharp;

/// <summary>A read-only look at a blob's data or diff: 32-bit floats, row-major, in the blob's shape when the view was
/// taken. Each access checks that the memory is still there. A span or tensor taken from it is not checked any more: it
/// ends with the blob's next reshape, by hand or by its net, with its net's disposal, and with the last reference to
/// the net or free-standing blob (hold it in a using). As with the blob, one thread at a time.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "A view is used and dropped; two are not compared.")]
[SuppressMessage("Design", "CA1043", Justification = "One index an axis, as tensors of .NET have it.")]
public readonly struct ReadOnlyBlobView
{
    private readonly BlobSnapshot _snapshot;

    internal ReadOnlyBlobView(BlobSnapshot snapshot) => _snapshot = snapshot;

    /// <summary>The values, in row-major order.</summary>
    /// <exception cref="StaleBlobViewException">The blob was reshaped since.</exception>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public ReadOnlySpan<float> Span => _snapshot.Current();

    /// <summary>Number of values.</summary>
    public int Length => _snapshot.Length;

    /// <summary>Lengths of the axes, outermost first.</summary>
    public ReadOnlySpan<int> Shape => _snapshot.Shape;

    /// <summary>One value.</summary>
    /// <param name="indices">Its index on each axis, from 0. Each use checks the blob: for many values, take the span once.</param>
    /// <exception cref="ArgumentException">There are more or fewer indices than axes, or one is outside the shape.</exception>
    /// <exception cref="StaleBlobViewException">The blob was reshaped since.</exception>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public float this[params ReadOnlySpan<int> indices] =>
        _snapshot.At(indices);

    /// <summary>The same as <see cref="Span"/>.</summary>
    /// <param name="view">The view.</param>
    public static implicit operator ReadOnlySpan<float>(ReadOnlyBlobView view) => view.Span;

    /// <summary>The same as <see cref="Span"/>.</summary>
    /// <exception cref="StaleBlobViewException">The blob was reshaped since.</exception>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public ReadOnlySpan<float> ToReadOnlySpan() => Span;

    /// <summary>The values as a tensor of the blob's shape; it lives as long as a span. A scalar is one of length 1.</summary>
    /// <exception cref="StaleBlobViewException">The blob was reshaped since.</exception>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public ReadOnlyTensorSpan<float> AsTensorSpan() => new(_snapshot.Current(), _snapshot.Lengths());
}
