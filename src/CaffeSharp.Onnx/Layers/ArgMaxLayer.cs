using CaffeSharp.Messages;

namespace CaffeSharp.Onnx;

/// <summary>The places, as floats, of the largest values along an axis or in each image; or these values; or both.</summary>
internal static class ArgMaxLayer
{
    internal static IReadOnlyList<OnnxValue> Convert(OnnxLayer layer)
    {
        ArgMaxParameter parameter = layer.Definition.ArgmaxParam ?? new();
        return parameter.HasAxis ? AlongAxis(layer, parameter) : InEachImage(layer, parameter);
    }

    private static IReadOnlyList<OnnxValue> AlongAxis(OnnxLayer layer, ArgMaxParameter parameter)
    {
        OnnxValue bottom = layer.Bottom;
        int axis = bottom.Canonical(parameter.Axis);
        (string values, string places) = Largest(layer, bottom.Name, axis, layer.FixedCount(bottom, axis, axis + 1), parameter.TopK);
        return [layer.Top(parameter.OutMaxVal ? values : places, 0, bottom.Shape.Select((dimension, each) =>
            each == axis ? null : dimension.Symbol))];
    }

    private static IReadOnlyList<OnnxValue> InEachImage(OnnxLayer layer, ArgMaxParameter parameter)
    {
        OnnxValue bottom = layer.Bottom;
        int count = layer.FixedCount(bottom, 1, bottom.Axes);
        OnnxDimension images = bottom.Shape[0];
        string rows = layer.Reshape(bottom, [images, new(count)]);
        (string values, string places) = Largest(layer, rows, 1, count, parameter.TopK);
        int k = (int)parameter.TopK;
        OnnxDimension[] shape = [images, new(1), new(k), .. Enumerable.Repeat(new OnnxDimension(1), layer.Lengths(0).Length - 3)];
        string result = layer.Reshape(new(places, [images, new(k)]), shape);
        if (parameter.OutMaxVal)
        {
            string maxima = layer.Reshape(new(values, [images, new(k)]), shape);
            result = layer.Add("Concat", [result, maxima], OnnxAttribute.Int("axis", 1));
        }

        return [layer.Top(result, 0, [images.Symbol, .. Enumerable.Repeat<string?>(null, shape.Length - 1)])];
    }

    /// <summary>Of equal values Caffe takes the last, ONNX the first: so the axis is turned round.</summary>
    private static (string Values, string Places) Largest(OnnxLayer layer, string value, int axis, int count, uint k)
    {
        string turned = layer.Add(
            "Slice",
            [value, layer.Integers("start", -1), layer.Integers("end", long.MinValue), layer.Integers("axis", axis), layer.Integers("step", -1)]);
        IReadOnlyList<string> largest = layer.AddMany(
            "TopK", [turned, layer.Integers("k", k)], 2, OnnxAttribute.Int("axis", axis));
        string places = layer.Add("Sub", [layer.Integers("last", count - 1), largest[1]]);
        return (largest[0], ActivationLayers.Cast(layer, places, TensorProto.Types.DataType.Float));
    }
}
