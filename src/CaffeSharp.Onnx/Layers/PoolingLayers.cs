using CaffeSharp.Messages;

namespace CaffeSharp.Onnx;

/// <summary>Maxima and averages of windows. Caffe rounds the number of windows up, drops those that start in the padding, and
/// divides an average by the part of its window that lies in the input or its padding.</summary>
internal static class PoolingLayers
{
    private const int FirstSpatialAxis = 2;

    internal static IReadOnlyList<OnnxValue> Pooling(OnnxLayer layer)
    {
        PoolingParameter parameter = layer.Definition.PoolingParam ?? new();
        bool isMax = parameter.Pool == PoolingParameter.Types.PoolMethod.Max;
        if (!isMax && parameter.Pool != PoolingParameter.Types.PoolMethod.Ave)
        {
            throw layer.Refusal("draws at random");
        }

        if (layer.TopCount > 1 && (!isMax || parameter.GlobalPooling))
        {
            throw layer.Refusal("has a second top, which only maxima of windows have there");
        }

        if (parameter.GlobalPooling)
        {
            string pooled = layer.Add(isMax ? "GlobalMaxPool" : "GlobalAveragePool", [layer.Bottom.Name]);
            return [layer.Top(pooled, 0, [layer.Bottom.Shape[0].Symbol, null, null, null])];
        }

        PoolingWindow[] windows = Windows(parameter);
        return isMax ? Max(layer, windows) : [layer.Top(Average(layer, windows), 0, Symbols(layer, 0, windows))];
    }

    /// <summary>Poolings of the whole image into 1, 2 x 2, 4 x 4, ... windows, one after the other in a row.</summary>
    internal static IReadOnlyList<OnnxValue> SpatialPyramid(OnnxLayer layer)
    {
        SPPParameter parameter = layer.Definition.SppParam;
        if (parameter.Pool == SPPParameter.Types.PoolMethod.Stochastic)
        {
            throw layer.Refusal("draws at random");
        }

        layer.FixedCount(layer.Bottom, FirstSpatialAxis, layer.Bottom.Axes);
        List<string> levels = [];
        for (int level = 0; level < parameter.PyramidHeight; level++)
        {
            int bins = 1 << level;
            PoolingWindow[] windows = [.. layer.Bottom.Shape.Skip(FirstSpatialAxis).Select(side => PyramidWindow(side.Length, bins))];
            windows = [.. windows.Select(window => window with { Clips = windows.Any(any => any.Pad > 0) })];
            string pooled = parameter.Pool == SPPParameter.Types.PoolMethod.Max
                ? MaxPool(layer, windows, outputs: 1)[0]
                : Average(layer, windows);
            levels.Add(parameter.PyramidHeight == 1 ? pooled : layer.Add("Flatten", [pooled], OnnxAttribute.Int("axis", 1)));
        }

        string row = levels.Count == 1 ? levels[0] : layer.Add("Concat", levels, OnnxAttribute.Int("axis", 1));
        return [layer.Top(row, 0, [layer.Bottom.Shape[0].Symbol, .. Enumerable.Repeat<string?>(null, layer.Lengths(0).Length - 1)])];
    }

    private static PoolingWindow PyramidWindow(int length, int bins)
    {
        int kernel = (length + bins - 1) / bins;
        int pad = ((kernel * bins) - length + 1) / 2;
        return new(kernel, kernel, pad, RoundsUp: true, Clips: false);
    }

    private static PoolingWindow[] Windows(PoolingParameter parameter)
    {
        (int height, int width) kernel = Sides(parameter.HasKernelSize, parameter.KernelSize, parameter.KernelH, parameter.KernelW);
        (int height, int width) stride = Sides(!parameter.HasStrideH, parameter.Stride, parameter.StrideH, parameter.StrideW);
        (int height, int width) pad = Sides(!parameter.HasPadH, parameter.Pad, parameter.PadH, parameter.PadW);
        bool clips = pad.height > 0 || pad.width > 0;
        bool roundsUp = parameter.RoundMode == PoolingParameter.Types.RoundMode.Ceil;
        return [new(kernel.height, stride.height, pad.height, roundsUp, clips), new(kernel.width, stride.width, pad.width, roundsUp, clips)];
    }

    private static (int Height, int Width) Sides(bool isOne, uint size, uint height, uint width) =>
        isOne ? ((int)size, (int)size) : ((int)height, (int)width);

    private static List<OnnxValue> Max(OnnxLayer layer, PoolingWindow[] windows)
    {
        IReadOnlyList<string> pooled = MaxPool(layer, windows, layer.TopCount);
        List<OnnxValue> tops = [layer.Top(pooled[0], 0, Symbols(layer, 0, windows))];
        if (layer.TopCount > 1)
        {
            // Caffe's mask is the place in its plane, as a float; ONNX's the place in the whole tensor.
            string plane = layer.Integers("plane", layer.FixedCount(layer.Bottom, FirstSpatialAxis, layer.Bottom.Axes));
            string mask = ActivationLayers.Cast(layer, layer.Add("Mod", [pooled[1], plane]), TensorProto.Types.DataType.Float);
            tops.Add(layer.Top(mask, 1, Symbols(layer, 1, windows)));
        }

        return tops;
    }

    private static IReadOnlyList<string> MaxPool(OnnxLayer layer, PoolingWindow[] windows, int outputs)
    {
        string input = layer.Bottom.Name;
        long[] pads = [.. windows.Select(window => (long)window.Pad), .. windows.Select(window => (long)window.End)];
        if (windows.Any(window => window.MayBeEmpty))
        {
            if (outputs > 1)
            {
                throw layer.Refusal("steps further than its window is long, and has a mask as its second top");
            }

            // Windows behind the input hold the least number, as Caffe leaves them; an operator's own padding is shorter.
            input = Padded(layer, input, pads, float.MinValue);
            pads = new long[pads.Length];
        }

        return layer.AddMany("MaxPool", [input], outputs, Shape(windows, pads));
    }

    private static string Average(OnnxLayer layer, PoolingWindow[] windows)
    {
        for (int axis = 0; axis < windows.Length; axis++)
        {
            OnnxDimension side = layer.Bottom.Shape[FirstSpatialAxis + axis];
            if (windows[axis].MayBeEmpty && (side.Varies || windows[axis].IsEmptyAt(side.Length)))
            {
                throw layer.Refusal("averages windows that lie beside the input, as its step is longer than its window");
            }
        }

        // No window is empty: what lies behind the last needs no padding.
        windows = [.. windows.Select(window => window with { Clips = window.Clips || window.MayBeEmpty })];
        if (windows.All(window => window.End == window.Pad))
        {
            long[] pads = [.. windows.Concat(windows).Select(window => (long)window.Pad)];
            return layer.Add("AveragePool", [layer.Bottom.Name], [.. Shape(windows, pads), OnnxAttribute.Int("count_include_pad", 1)]);
        }

        // Caffe's own padding counts, as zeros; what its rounding adds behind does not.
        string input = layer.Bottom.Name;
        if (windows.Any(window => window.Pad > 0))
        {
            input = Padded(layer, input, [.. windows.Concat(windows).Select(window => (long)window.Pad)], 0);
        }

        long[] ends = [.. new long[windows.Length], .. windows.Select(window => (long)window.End - window.Pad)];
        return layer.Add("AveragePool", [input], Shape(windows, ends));
    }

    private static string Padded(OnnxLayer layer, string input, long[] pads, float value)
    {
        int axes = pads.Length / 2;
        long[] all = [0, 0, .. pads[..axes], 0, 0, .. pads[axes..]];
        return layer.Add("Pad", [input, layer.Integers("pads", all), layer.Scalar("padding", value)]);
    }

    private static AttributeProto[] Shape(PoolingWindow[] windows, long[] pads) =>
    [
        OnnxAttribute.Ints("kernel_shape", windows.Select(window => (long)window.Kernel)),
        OnnxAttribute.Ints("strides", windows.Select(window => (long)window.Stride)),
        OnnxAttribute.Ints("pads", pads),
    ];

    private static IEnumerable<string?> Symbols(OnnxLayer layer, int top, PoolingWindow[] windows) =>
        layer.Bottom.Shape.Select((dimension, axis) =>
            axis < FirstSpatialAxis || !dimension.Varies || KeepsLength(windows[axis - FirstSpatialAxis])
                ? dimension.Symbol
                : layer.NewSymbol(top, axis));

    private static bool KeepsLength(PoolingWindow window) => window.Stride == 1 && window.Pad + window.End == window.Kernel - 1;
}
