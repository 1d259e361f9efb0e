using CaffeSharp.Messages;

namespace CaffeSharp.Onnx;

/// <summary>Layers that work on each value by itself.</summary>
internal static class ActivationLayers
{
    // Caffe's way of saying e.
    private const float NaturalBase = -1;

    /// <summary>An operator that is the layer.</summary>
    internal static IReadOnlyList<OnnxValue> Plain(OnnxLayer layer, string operation) =>
        [layer.SameShape(layer.Add(operation, [layer.Bottom.Name]))];

    internal static IReadOnlyList<OnnxValue> Relu(OnnxLayer layer)
    {
        float slope = (layer.Definition.ReluParam ?? new()).NegativeSlope;
        return slope == 0
            ? Plain(layer, "Relu")
            : [layer.SameShape(layer.Add("LeakyRelu", [layer.Bottom.Name], OnnxAttribute.Float("alpha", slope)))];
    }

    internal static IReadOnlyList<OnnxValue> PRelu(OnnxLayer layer)
    {
        // One slope a channel, which is axis 1; as a constant it is held against the last axes.
        long slopes = layer.Parameters[0].Count;
        long[] shape = slopes == 1 ? [1] : [slopes, .. Enumerable.Repeat(1L, layer.Bottom.Axes - 2)];
        return [layer.SameShape(layer.Add("PRelu", [layer.Bottom.Name, layer.Weight(0, shape)]))];
    }

    internal static IReadOnlyList<OnnxValue> Dropout(OnnxLayer layer) =>
        layer.Definition.DropoutParam is { SampleWeightsTest: true } or { ScaleTrain: false }
            ? throw layer.Refusal("sets scale_train or sample_weights_test, which change its outputs in the phase TEST")
            : [layer.Bottom];

    internal static IReadOnlyList<OnnxValue> Elu(OnnxLayer layer)
    {
        float alpha = (layer.Definition.EluParam ?? new()).Alpha;
        return [layer.SameShape(layer.Add("Elu", [layer.Bottom.Name], OnnxAttribute.Float("alpha", alpha)))];
    }

    internal static IReadOnlyList<OnnxValue> Swish(OnnxLayer layer)
    {
        float beta = (layer.Definition.SwishParam ?? new()).Beta;
        string gate = layer.Add("Sigmoid", [Times(layer, layer.Bottom.Name, beta)]);
        return [layer.SameShape(layer.Add("Mul", [layer.Bottom.Name, gate]))];
    }

    internal static IReadOnlyList<OnnxValue> Clip(OnnxLayer layer)
    {
        ClipParameter parameter = layer.Definition.ClipParam;
        string[] inputs = [layer.Bottom.Name, layer.Scalar("min", parameter.Min), layer.Scalar("max", parameter.Max)];
        return [layer.SameShape(layer.Add("Clip", inputs))];
    }

    internal static IReadOnlyList<OnnxValue> Threshold(OnnxLayer layer)
    {
        float threshold = (layer.Definition.ThresholdParam ?? new()).Threshold;
        string above = layer.Add("Greater", [layer.Bottom.Name, layer.Scalar("threshold", threshold)]);
        return [layer.SameShape(Cast(layer, above, TensorProto.Types.DataType.Float))];
    }

    /// <summary>(shift + scale x) ^ power.</summary>
    internal static IReadOnlyList<OnnxValue> Power(OnnxLayer layer)
    {
        PowerParameter parameter = layer.Definition.PowerParam ?? new();
        string inner = Plus(layer, Times(layer, layer.Bottom.Name, parameter.Scale), parameter.Shift);
        return [layer.SameShape(parameter.Power == 1 ? inner : layer.Add("Pow", [inner, layer.Scalar("power", parameter.Power)]))];
    }

    /// <summary>base ^ (shift + scale x), as Caffe computes it: base ^ shift times e ^ (scale ln(base) x).</summary>
    internal static IReadOnlyList<OnnxValue> Exp(OnnxLayer layer)
    {
        ExpParameter parameter = layer.Definition.ExpParam ?? new();
        float logarithm = parameter.Base == NaturalBase ? 1 : MathF.Log(parameter.Base);
        string power = layer.Add("Exp", [Times(layer, layer.Bottom.Name, parameter.Scale * logarithm)]);
        return [layer.SameShape(Times(layer, power, MathF.Exp(parameter.Shift * logarithm)))];
    }

    /// <summary>The logarithm of (shift + scale x).</summary>
    internal static IReadOnlyList<OnnxValue> Log(OnnxLayer layer)
    {
        LogParameter parameter = layer.Definition.LogParam ?? new();
        float logarithm = parameter.Base == NaturalBase ? 1 : MathF.Log(parameter.Base);
        string inner = Plus(layer, Times(layer, layer.Bottom.Name, parameter.Scale), parameter.Shift);
        return [layer.SameShape(Times(layer, layer.Add("Log", [inner]), 1 / logarithm))];
    }

    /// <summary>A value times a number; itself for 1.</summary>
    internal static string Times(OnnxLayer layer, string value, float factor) =>
        factor == 1 ? value : layer.Add("Mul", [value, layer.Scalar("factor", factor)]);

    /// <summary>A value and a number; itself for 0.</summary>
    internal static string Plus(OnnxLayer layer, string value, float summand) =>
        summand == 0 ? value : layer.Add("Add", [value, layer.Scalar("summand", summand)]);

    internal static string Cast(OnnxLayer layer, string value, TensorProto.Types.DataType type) =>
        layer.Add("Cast", [value], OnnxAttribute.Int("to", (long)type));
}
