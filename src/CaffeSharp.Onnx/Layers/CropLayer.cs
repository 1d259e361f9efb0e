using CaffeSharp.Messages;

namespace CaffeSharp.Onnx;

/// <summary>The part of the first bottom that is as large as the second.</summary>
internal static class CropLayer
{
    internal static IReadOnlyList<OnnxValue> Convert(OnnxLayer layer)
    {
        CropParameter parameter = layer.Definition.CropParam ?? new();
        OnnxValue model = layer.Bottoms[1];
        int first = layer.Bottom.Canonical(parameter.Axis);
        int axes = layer.Bottom.Axes - first;
        long[] offsets = parameter.Offset.Count > 1
            ? [.. parameter.Offset.Select(offset => (long)offset)]
            : [.. Enumerable.Repeat(parameter.Offset.Count == 1 ? parameter.Offset[0] : 0L, axes)];
        string starts = layer.Integers("offsets", offsets);
        string cropped = layer.Add(
            "Slice",
            [layer.Bottom.Name, starts, Ends(layer, model, first, offsets, starts),
                layer.Integers("axes", [.. Enumerable.Range(first, axes).Select(axis => (long)axis)])]);
        return [layer.Top(cropped, 0, layer.Bottom.Shape.Select((dimension, axis) =>
            axis < first ? dimension.Symbol : model.Shape[axis].Symbol))];
    }

    private static string Ends(OnnxLayer layer, OnnxValue model, int first, long[] offsets, string starts)
    {
        OnnxDimension[] sides = [.. model.Shape.Skip(first)];
        if (!sides.Any(side => side.Varies))
        {
            return layer.Integers("ends", [.. sides.Zip(offsets, (side, offset) => side.Length + offset)]);
        }

        string shape = layer.Add("Shape", [model.Name]);
        string[] range = [layer.Integers("first", first), layer.Integers("end", model.Axes), layer.Integers("axis", 0)];
        return layer.Add("Add", [layer.Add("Slice", [shape, .. range]), starts]);
    }
}
