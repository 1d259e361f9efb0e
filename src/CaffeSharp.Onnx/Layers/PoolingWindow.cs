namespace CaffeSharp.Onnx;

/// <summary>A pooling along one axis, and the padding that makes ONNX's floor rounding give what Caffe's rounding gives, at
/// every length of the axis.</summary>
/// <param name="Kernel">The window's length.</param>
/// <param name="Stride">The step.</param>
/// <param name="Pad">Caffe's padding on either side.</param>
/// <param name="RoundsUp">Whether a window that is not full counts, as by default.</param>
/// <param name="Clips">Whether a last window that starts in the padding behind is dropped: Caffe does so where any axis is
/// padded.</param>
internal readonly record struct PoolingWindow(int Kernel, int Stride, int Pad, bool RoundsUp, bool Clips)
{
    /// <summary>The padding behind. ceil((length + 2 pad - kernel) / stride) + 1 windows are as many as
    /// floor((length + pad + end - kernel) / stride) + 1 with end = pad + stride - 1. And of these the ones that start before
    /// length + pad, which Caffe keeps, are as many as with end = kernel - 1, where that is less.</summary>
    internal int End => !RoundsUp ? Pad : Clips ? Math.Min(Pad + Stride - 1, Kernel - 1) : Pad + Stride - 1;

    /// <summary>Whether windows may lie behind the input as a whole: with a step longer than the window and no
    /// padding.</summary>
    internal bool MayBeEmpty => End >= Kernel;

    /// <summary>How many windows there are along an axis of this length.</summary>
    internal int Count(int length) => ((length + Pad + End - Kernel) / Stride) + 1;

    /// <summary>Whether the last window along an axis of this length lies behind the input as a whole.</summary>
    internal bool IsEmptyAt(int length) => MayBeEmpty && (Count(length) - 1) * Stride >= length;
}
