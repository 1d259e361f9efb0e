using CaffeSharp.Messages;

namespace CaffeSharp.Onnx;

/// <summary>Parts of a value along one axis.</summary>
internal static class SliceLayer
{
    internal static IReadOnlyList<OnnxValue> Convert(OnnxLayer layer)
    {
        SliceParameter parameter = layer.Definition.SliceParam ?? new();
        int axis = parameter.HasSliceDim ? (int)parameter.SliceDim : layer.Bottom.Canonical(parameter.Axis);
        if (layer.TopCount == 1)
        {
            return [layer.Bottom];
        }

        bool varies = layer.Bottom.Shape[axis].Varies;
        IReadOnlyList<string> parts = varies && parameter.SlicePoint.Count > 0
            ? AtPoints(layer, axis, parameter)
            : Split(layer, axis, varies);
        return [.. parts.Select((part, top) => layer.Top(part, top, layer.Bottom.Shape.Select((dimension, each) =>
            each != axis ? dimension.Symbol : varies ? layer.NewSymbol(top, axis) : null)))];
    }

    /// <summary>Parts of known lengths, or as many equal ones as there are tops.</summary>
    private static IReadOnlyList<string> Split(OnnxLayer layer, int axis, bool varies)
    {
        long[] lengths = [.. Enumerable.Range(0, layer.TopCount).Select(top => (long)layer.Lengths(top)[axis])];
        string[] inputs = varies ? [layer.Bottom.Name] : [layer.Bottom.Name, layer.Integers("lengths", lengths)];
        return layer.AddMany("Split", inputs, layer.TopCount, OnnxAttribute.Int("axis", axis));
    }

    /// <summary>Parts between given points, the last up to an end that varies.</summary>
    private static List<string> AtPoints(OnnxLayer layer, int axis, SliceParameter parameter)
    {
        long[] points = [0, .. parameter.SlicePoint.Select(point => (long)point), long.MaxValue];
        return [.. points.Zip(points.Skip(1), (start, end) => layer.Add(
            "Slice",
            [layer.Bottom.Name, layer.Integers("start", start), layer.Integers("end", end), layer.Integers("axis", axis)]))];
    }
}
