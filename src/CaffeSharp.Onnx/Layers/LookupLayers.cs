using CaffeSharp.Messages;

namespace CaffeSharp.Onnx;

/// <summary>Rows chosen by numbers, and constants.</summary>
internal static class LookupLayers
{
    internal static IReadOnlyList<OnnxValue> Embed(OnnxLayer layer)
    {
        EmbedParameter parameter = layer.Definition.EmbedParam;
        string rows = Rows(layer, layer.Weight(0), layer.Bottom.Name);
        string embedded = parameter.BiasTerm ? layer.Add("Add", [rows, layer.Weight(1, layer.Parameters[1].Count)]) : rows;
        return [layer.Top(embedded, 0, [.. layer.Bottom.Shape.Select(dimension => dimension.Symbol), null])];
    }

    internal static IReadOnlyList<OnnxValue> BatchReindex(OnnxLayer layer)
    {
        string rows = Rows(layer, layer.Bottom.Name, layer.Bottoms[1].Name);
        return [layer.Top(rows, 0, layer.Bottom.Shape.Select((dimension, axis) =>
            axis == 0 ? layer.Bottoms[1].Shape[0].Symbol : dimension.Symbol))];
    }

    /// <summary>A learnt blob that a layer makes of nothing.</summary>
    internal static IReadOnlyList<OnnxValue> Parameter(OnnxLayer layer) =>
        [layer.Top(layer.Weight(0), 0, new string?[layer.Lengths(0).Length])];

    /// <summary>Rows of a value, by places that Caffe holds as floats.</summary>
    private static string Rows(OnnxLayer layer, string value, string places) =>
        layer.Add("Gather", [value, ActivationLayers.Cast(layer, places, TensorProto.Types.DataType.Int64)], OnnxAttribute.Int("axis", 0));
}
