using CaffeSharp.Messages;

namespace CaffeSharp.Onnx;

/// <summary>Layers that set values in relation to others.</summary>
internal static class NormalizationLayers
{
    private const int FirstSpatialAxis = 2;

    internal static IReadOnlyList<OnnxValue> Softmax(OnnxLayer layer)
    {
        int axis = layer.Bottom.Canonical((layer.Definition.SoftmaxParam ?? new()).Axis);
        return [layer.SameShape(layer.Add("Softmax", [layer.Bottom.Name], OnnxAttribute.Int("axis", axis)))];
    }

    internal static IReadOnlyList<OnnxValue> Lrn(OnnxLayer layer)
    {
        LRNParameter parameter = layer.Definition.LrnParam ?? new();
        return [layer.SameShape(parameter.NormRegion == LRNParameter.Types.NormRegion.AcrossChannels
            ? layer.Add(
                "LRN",
                [layer.Bottom.Name],
                OnnxAttribute.Int("size", parameter.LocalSize),
                OnnxAttribute.Float("alpha", parameter.Alpha),
                OnnxAttribute.Float("beta", parameter.Beta),
                OnnxAttribute.Float("bias", parameter.K))
            : LrnWithinChannel(layer, parameter))];
    }

    internal static IReadOnlyList<OnnxValue> BatchNorm(OnnxLayer layer)
    {
        BatchNormParameter parameter = layer.Definition.BatchNormParam ?? new();
        if (parameter.HasUseGlobalStats && !parameter.UseGlobalStats)
        {
            throw layer.Refusal("takes the statistics of each batch (use_global_stats: false)", "Set use_global_stats: true, or leave it out.");
        }

        if (layer.Bottom.Axes < 2)
        {
            throw layer.Refusal("has no channels, which are axis 1");
        }

        // Caffe keeps sums, and by what to divide them.
        float count = layer.Parameters[2].Data.Span[0];
        float factor = count == 0 ? 0 : 1 / count;
        float[] mean = Scaled(layer.Parameters[0], factor);
        float[] variance = Scaled(layer.Parameters[1], factor);
        float[] ones = new float[mean.Length];
        Array.Fill(ones, 1);
        string[] inputs =
        [
            layer.Bottom.Name,
            layer.Floats("scale", ones, ones.Length),
            layer.Floats("bias", new float[ones.Length], ones.Length),
            layer.Floats("mean", mean, ones.Length),
            layer.Floats("variance", variance, ones.Length),
        ];
        return [layer.SameShape(layer.Add("BatchNormalization", inputs, OnnxAttribute.Float("epsilon", parameter.Eps)))];
    }

    /// <summary>Mean and, unless told otherwise, variance of each image or channel made 0 and 1.</summary>
    internal static IReadOnlyList<OnnxValue> Mvn(OnnxLayer layer)
    {
        MVNParameter parameter = layer.Definition.MvnParam ?? new();
        int first = parameter.AcrossChannels ? 1 : FirstSpatialAxis;
        if (layer.Bottom.Axes <= first)
        {
            throw layer.Refusal($"takes the mean of nothing: its bottom has {layer.Bottom.Axes} axes");
        }

        AttributeProto axes = OnnxAttribute.Ints("axes", Enumerable.Range(first, layer.Bottom.Axes - first).Select(axis => (long)axis));
        string mean = layer.Add("ReduceMean", [layer.Bottom.Name], axes, OnnxAttribute.Int("keepdims", 1));
        string centred = layer.Add("Sub", [layer.Bottom.Name, mean]);
        if (!parameter.NormalizeVariance)
        {
            return [layer.SameShape(centred)];
        }

        string square = layer.Add("Mul", [centred, centred]);
        string variance = layer.Add("ReduceMean", [square], axes.Clone(), OnnxAttribute.Int("keepdims", 1));
        string deviation = ActivationLayers.Plus(layer, layer.Add("Sqrt", [variance]), parameter.Eps);
        return [layer.SameShape(layer.Add("Div", [centred, deviation]))];
    }

    /// <summary>x (1 + alpha average(x²)) ^ -beta, the average over a window that counts its padding.</summary>
    private static string LrnWithinChannel(OnnxLayer layer, LRNParameter parameter)
    {
        long size = parameter.LocalSize;
        long pad = (size - 1) / 2;
        string average = layer.Add(
            "AveragePool",
            [layer.Add("Mul", [layer.Bottom.Name, layer.Bottom.Name])],
            OnnxAttribute.Ints("kernel_shape", size, size),
            OnnxAttribute.Ints("pads", pad, pad, pad, pad),
            OnnxAttribute.Int("count_include_pad", 1));
        string scale = ActivationLayers.Plus(layer, ActivationLayers.Times(layer, average, parameter.Alpha), 1);
        string factor = layer.Add("Pow", [scale, layer.Scalar("power", -parameter.Beta)]);
        return layer.Add("Mul", [layer.Bottom.Name, factor]);
    }

    private static float[] Scaled(Blob blob, float factor) => Array.ConvertAll(blob.Data.Span.ToArray(), value => value * factor);
}
