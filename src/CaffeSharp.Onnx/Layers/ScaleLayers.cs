using CaffeSharp.Messages;

namespace CaffeSharp.Onnx;

/// <summary>Factors and summands along some axes, learnt or read.</summary>
internal static class ScaleLayers
{
    internal static IReadOnlyList<OnnxValue> Scale(OnnxLayer layer)
    {
        ScaleParameter parameter = layer.Definition.ScaleParam ?? new();
        string scaled = layer.Add("Mul", [layer.Bottom.Name, Second(layer, parameter.Axis)]);
        if (!parameter.BiasTerm)
        {
            return [layer.SameShape(scaled)];
        }

        string bias = Learnt(layer, layer.Parameters.Count - 1, parameter.Axis);
        return [layer.SameShape(layer.Add("Add", [scaled, bias]))];
    }

    internal static IReadOnlyList<OnnxValue> Bias(OnnxLayer layer) =>
        [layer.SameShape(layer.Add("Add", [layer.Bottom.Name, Second(layer, (layer.Definition.BiasParam ?? new()).Axis)]))];

    /// <summary>The factors or summands, with an axis of 1 for each that they have not behind their own.</summary>
    private static string Second(OnnxLayer layer, int axis)
    {
        if (layer.Bottoms.Count == 1)
        {
            return Learnt(layer, 0, axis);
        }

        OnnxValue second = layer.Bottoms[1];
        int behind = Behind(layer, axis, second.Axes);
        return behind == 0
            ? second.Name
            : layer.Add("Unsqueeze", [second.Name, layer.Integers("axes", [.. Enumerable.Range(second.Axes, behind).Select(each => (long)each)])]);
    }

    private static string Learnt(OnnxLayer layer, int index, int axis)
    {
        int[] shape = layer.Parameters[index].Shape.ToArray();
        return layer.Floats(
            $"weight{index}",
            layer.Parameters[index].Data.Span,
            shape.Concat(Enumerable.Repeat(1, Behind(layer, axis, shape.Length))).Select(length => (long)length));
    }

    /// <summary>How many axes come behind; none for a single number, whatever its axis.</summary>
    private static int Behind(OnnxLayer layer, int axis, int axes) =>
        axes == 0 ? 0 : layer.Bottom.Axes - layer.Bottom.Canonical(axis) - axes;
}
