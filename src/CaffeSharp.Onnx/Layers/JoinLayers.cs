using CaffeSharp.Messages;

namespace CaffeSharp.Onnx;

/// <summary>Layers that make one value of several.</summary>
internal static class JoinLayers
{
    internal static IReadOnlyList<OnnxValue> Concat(OnnxLayer layer)
    {
        ConcatParameter parameter = layer.Definition.ConcatParam ?? new();
        int axis = parameter.HasConcatDim ? (int)parameter.ConcatDim : layer.Bottom.Canonical(parameter.Axis);
        if (layer.Bottoms.Count == 1)
        {
            return [layer.Bottom];
        }

        bool varies = layer.Bottoms.Any(bottom => bottom.Shape[axis].Varies);
        string joined = layer.Add("Concat", layer.Bottoms.Select(bottom => bottom.Name), OnnxAttribute.Int("axis", axis));
        return [layer.Top(joined, 0, layer.Bottom.Shape.Select((dimension, each) =>
            each != axis ? dimension.Symbol : varies ? layer.NewSymbol(0, axis) : null))];
    }

    internal static IReadOnlyList<OnnxValue> Eltwise(OnnxLayer layer)
    {
        EltwiseParameter parameter = layer.Definition.EltwiseParam ?? new();
        IEnumerable<string> terms = layer.Bottoms.Select((bottom, index) =>
            ActivationLayers.Times(layer, bottom.Name, parameter.Coeff.Count > 0 ? parameter.Coeff[index] : 1));
        return [layer.SameShape(parameter.Operation switch
        {
            EltwiseParameter.Types.EltwiseOp.Prod =>
                layer.Bottoms.Select(bottom => bottom.Name).Aggregate((product, factor) => layer.Add("Mul", [product, factor])),
            EltwiseParameter.Types.EltwiseOp.Max => layer.Add("Max", layer.Bottoms.Select(bottom => bottom.Name)),
            _ => layer.Add("Sum", terms),
        })];
    }
}
