using CaffeSharp.Messages;
using Google.Protobuf.Collections;

namespace CaffeSharp;

/// <summary>The spatial parameters of a convolution, deconvolution, im2col or pooling, one for all axes or one each.</summary>
/// <param name="Axis">The axis of channels, before the first spatial one.</param>
/// <param name="Stride">The stride.</param>
/// <param name="Border">The padding less half of what the window covers beyond one element.</param>
internal sealed record SlidingWindow(int Axis, double[] Stride, double[] Border)
{
    /// <exception cref="CaffeException">The layer has no kernel size.</exception>
    internal static SlidingWindow Of(LayerSpec layer)
    {
        if (layer.Type == "Pooling")
        {
            PoolingParameter pooling = layer.Fields.PoolingParam ?? new();
            return Make(
                layer,
                axis: 1,
                Single(pooling.HasKernelSize, pooling.KernelSize) ?? Pair(pooling.HasKernelH, pooling.KernelH, pooling.KernelW),
                Single(pooling.HasStride, pooling.Stride) ?? Pair(pooling.HasStrideH, pooling.StrideH, pooling.StrideW),
                Single(pooling.HasPad, pooling.Pad) ?? Pair(pooling.HasPadH, pooling.PadH, pooling.PadW),
                dilation: null);
        }

        ConvolutionParameter convolution = layer.Fields.ConvolutionParam ?? new();
        return Make(
            layer,
            convolution.Axis,
            List(convolution.KernelSize) ?? Pair(convolution.HasKernelH, convolution.KernelH, convolution.KernelW),
            List(convolution.Stride) ?? Pair(convolution.HasStrideH, convolution.StrideH, convolution.StrideW),
            List(convolution.Pad) ?? Pair(convolution.HasPadH, convolution.PadH, convolution.PadW),
            List(convolution.Dilation));
    }

    private static SlidingWindow Make(
        LayerSpec layer, int axis, double[]? kernel, double[]? stride, double[]? pad, double[]? dilation)
    {
        if (kernel is null)
        {
            throw new CaffeException($"A layer of the type {layer.Type} has no kernel size, so that it has no coordinate map.")
            {
                Kind = CaffeErrorKind.Check,
            };
        }

        int axes = new[] { kernel, pad ?? [], dilation ?? [] }.Max(values => values.Length);
        double[] border = [.. Enumerable.Range(0, axes).Select(
            at => At(pad ?? [0], at) - ((At(kernel, at) - 1) * At(dilation ?? [1], at) / 2))];
        return new(axis, stride ?? [1], border);
    }

    private static double At(double[] values, int axis) => values[Math.Min(axis, values.Length - 1)];

    private static double[]? Single(bool given, uint value) => given ? [value] : null;

    private static double[]? Pair(bool given, uint height, uint width) => given ? [height, width] : null;

    private static double[]? List(RepeatedField<uint> values) =>
        values.Count > 0 ? [.. values.Select(value => (double)value)] : null;
}
