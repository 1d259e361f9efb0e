using CaffeSharp.Messages;

namespace CaffeSharp.Onnx;

/// <summary>One number for all values from an axis on.</summary>
internal static class ReductionLayer
{
    internal static IReadOnlyList<OnnxValue> Convert(OnnxLayer layer)
    {
        ReductionParameter parameter = layer.Definition.ReductionParam ?? new();
        int first = layer.Bottom.Canonical(parameter.Axis);
        long[] axes = [.. Enumerable.Range(first, layer.Bottom.Axes - first).Select(axis => (long)axis)];
        AttributeProto keep = OnnxAttribute.Int("keepdims", 0);
        // In operator set 13 the sum takes its axes as an input, the others as an attribute.
        string reduced = parameter.Operation switch
        {
            ReductionParameter.Types.ReductionOp.Sum =>
                layer.Add("ReduceSum", [layer.Bottom.Name, layer.Integers("axes", axes)], keep),
            ReductionParameter.Types.ReductionOp.Asum =>
                layer.Add("ReduceL1", [layer.Bottom.Name], OnnxAttribute.Ints("axes", axes), keep),
            ReductionParameter.Types.ReductionOp.Sumsq =>
                layer.Add("ReduceSumSquare", [layer.Bottom.Name], OnnxAttribute.Ints("axes", axes), keep),
            _ => layer.Add("ReduceMean", [layer.Bottom.Name], OnnxAttribute.Ints("axes", axes), keep),
        };
        string scaled = ActivationLayers.Times(layer, reduced, parameter.Coeff);
        return [layer.Top(scaled, 0, layer.Bottom.Shape.Take(first).Select(dimension => dimension.Symbol))];
    }
}
