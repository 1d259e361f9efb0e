using CaffeSharp.Messages;

namespace CaffeSharp.Onnx;

/// <summary>Layers that give values another shape, or repeat them.</summary>
internal static class ShapeLayers
{
    internal static IReadOnlyList<OnnxValue> Flatten(OnnxLayer layer)
    {
        FlattenParameter parameter = layer.Definition.FlattenParam ?? new();
        OnnxValue bottom = layer.Bottom;
        int first = bottom.Canonical(parameter.Axis);
        int end = bottom.Canonical(parameter.EndAxis) + 1;
        OnnxDimension[] flattened = [.. bottom.Shape.Skip(first).Take(end - first)];
        OnnxDimension joined = new(
            flattened.Aggregate(1, (count, dimension) => count * dimension.Length),
            flattened.Any(dimension => dimension.Varies) ? layer.NewSymbol(0, first) : null);
        return Reshaped(layer, [.. bottom.Shape.Take(first), joined, .. bottom.Shape.Skip(end)]);
    }

    internal static IReadOnlyList<OnnxValue> Reshape(OnnxLayer layer)
    {
        ReshapeParameter parameter = layer.Definition.ReshapeParam ?? new();
        OnnxValue bottom = layer.Bottom;
        int[] lengths = layer.Lengths(0);
        // A negative axis counts from behind the last, so that -1 adds axes at the end.
        int first = parameter.Axis >= 0 ? parameter.Axis : bottom.Axes + parameter.Axis + 1;
        int replaced = parameter.NumAxes < 0 ? bottom.Axes - first : parameter.NumAxes;
        long[] wanted = [.. parameter.Shape?.Dim ?? []];
        HashSet<int> copied = [.. Enumerable.Range(0, wanted.Length).Where(at => wanted[at] == 0).Select(at => first + at)];
        bool restVaries = Enumerable.Range(first, replaced).Any(axis => !copied.Contains(axis) && bottom.Shape[axis].Varies);
        if (restVaries && !wanted.Contains(-1))
        {
            throw layer.SizeRefusal("gives a shape of fixed lengths");
        }

        IEnumerable<OnnxDimension> inner = wanted.Select((length, at) => length switch
        {
            0 => bottom.Shape[first + at],
            -1 => new(lengths[first + at], restVaries ? layer.NewSymbol(0, first + at) : null),
            _ => new((int)length),
        });
        return Reshaped(layer, [.. bottom.Shape.Take(first), .. inner, .. bottom.Shape.Skip(first + replaced)]);
    }

    internal static IReadOnlyList<OnnxValue> Tile(OnnxLayer layer)
    {
        TileParameter parameter = layer.Definition.TileParam;
        int axis = layer.Bottom.Canonical(parameter.Axis);
        long[] repeats = [.. Enumerable.Range(0, layer.Bottom.Axes).Select(each => each == axis ? (long)parameter.Tiles : 1)];
        string tiled = layer.Add("Tile", [layer.Bottom.Name, layer.Integers("repeats", repeats)]);
        return [layer.Top(tiled, 0, layer.Bottom.Shape.Select((dimension, each) =>
            each == axis && dimension.Varies && parameter.Tiles > 1 ? layer.NewSymbol(0, axis) : dimension.Symbol))];
    }

    private static IReadOnlyList<OnnxValue> Reshaped(OnnxLayer layer, OnnxDimension[] shape) =>
        [layer.Top(layer.Reshape(layer.Bottom, shape), 0, shape.Select(dimension => dimension.Symbol))];
}
