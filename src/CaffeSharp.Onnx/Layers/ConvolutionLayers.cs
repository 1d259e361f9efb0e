using CaffeSharp.Messages;
using Google.Protobuf.Collections;

namespace CaffeSharp.Onnx;

/// <summary>Convolutions and their transposes, of any number of spatial axes. Weights lie as ONNX has them.</summary>
internal static class ConvolutionLayers
{
    private const int FirstSpatialAxis = 2;

    internal static IReadOnlyList<OnnxValue> Convolution(OnnxLayer layer) => Convert(layer, "Conv");

    internal static IReadOnlyList<OnnxValue> Deconvolution(OnnxLayer layer) => Convert(layer, "ConvTranspose");

    private static IReadOnlyList<OnnxValue> Convert(OnnxLayer layer, string operation)
    {
        ConvolutionParameter parameter = layer.Definition.ConvolutionParam;
        long[] kernel = [.. layer.Parameters[0].Shape[FirstSpatialAxis..].ToArray()];
        if (layer.Bottom.Canonical(parameter.Axis) != 1 || kernel.Length == 0)
        {
            throw layer.Refusal($"has its channels on axis {parameter.Axis} of {layer.Bottom.Axes}; there they are on axis 1, before the image");
        }

        long[] strides = Sizes(parameter.Stride, parameter.HasStrideH, parameter.StrideH, parameter.StrideW, kernel.Length, 1);
        long[] pads = Sizes(parameter.Pad, parameter.HasPadH || parameter.HasPadW, parameter.PadH, parameter.PadW, kernel.Length, 0);
        long[] dilations = Sizes(parameter.Dilation, false, 0, 0, kernel.Length, 1);
        string[] weights = parameter.BiasTerm ? [layer.Weight(0), layer.Weight(1)] : [layer.Weight(0)];

        // One layer may convolve several bottoms with the same weights.
        return [.. layer.Bottoms.Select((bottom, top) => layer.Top(
            layer.Add(
                operation,
                [bottom.Name, .. weights],
                OnnxAttribute.Ints("kernel_shape", kernel),
                OnnxAttribute.Ints("strides", strides),
                OnnxAttribute.Ints("pads", pads.Concat(pads)),
                OnnxAttribute.Ints("dilations", dilations),
                OnnxAttribute.Int("group", parameter.Group)),
            top,
            bottom.Shape.Select((dimension, axis) => axis switch
            {
                1 => null,
                < FirstSpatialAxis => dimension.Symbol,
                _ when !dimension.Varies => null,
                _ when KeepsLength(axis - FirstSpatialAxis) => dimension.Symbol,
                _ => layer.NewSymbol(top, axis),
            })))];

        bool KeepsLength(int axis) => strides[axis] == 1 && 2 * pads[axis] == dilations[axis] * (kernel[axis] - 1);
    }

    /// <summary>One size for each spatial axis, given once, for each, or as height and width.</summary>
    private static long[] Sizes(RepeatedField<uint> sizes, bool hasSides, uint height, uint width, int axes, long otherwise) =>
        hasSides ? [height, width]
        : sizes.Count > 1 ? [.. sizes.Select(size => (long)size)]
        : [.. Enumerable.Repeat(sizes.Count == 1 ? sizes[0] : otherwise, axes)];
}
