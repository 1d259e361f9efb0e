using CaffeSharp.Messages;

namespace CaffeSharp.Onnx;

/// <summary>A layer while it is converted: what it is, what it reads, and what is put into the graph for it.</summary>
internal sealed class OnnxLayer
{
    private readonly Layer _layer;
    private readonly OnnxGraph _graph;

    internal OnnxLayer(DefinedLayer layer, IReadOnlyList<OnnxValue> bottoms, OnnxGraph graph)
    {
        _layer = layer.Layer;
        Definition = layer.Definition;
        Bottoms = bottoms;
        _graph = graph;
    }

    internal LayerParameter Definition { get; }

    internal string Type => _layer.Type;

    internal IReadOnlyList<OnnxValue> Bottoms { get; }

    /// <summary>The first value that it reads.</summary>
    internal OnnxValue Bottom => Bottoms[0];

    internal int TopCount => _layer.Tops.Count;

    /// <summary>Its weights.</summary>
    internal IReadOnlyList<Blob> Parameters => _layer.Parameters;

    /// <summary>Names of all values that were made for it.</summary>
    internal HashSet<string> Made { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds an operator that makes one value.</summary>
    internal string Add(string operation, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        AddMany(operation, inputs, 1, attributes)[0];

    /// <summary>Adds an operator that makes several values.</summary>
    internal IReadOnlyList<string> AddMany(
        string operation, IEnumerable<string> inputs, int outputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        IReadOnlyList<string> made = _graph.Add(operation, _layer.Name, inputs, outputs, attributes);
        Made.UnionWith(made);
        return made;
    }

    /// <summary>A weight as a constant, in its own shape or another of the same count.</summary>
    internal string Weight(int index, params IEnumerable<long> shape)
    {
        long[] dimensions = [.. shape];
        Blob blob = Parameters[index];
        return Floats(
            $"weight{index}", blob.Data.Span, dimensions.Length > 0 ? dimensions : [.. blob.Shape.ToArray().Select(length => (long)length)]);
    }

    /// <summary>A number without axes.</summary>
    internal string Scalar(string what, float value) => Floats(what, [value]);

    internal string Floats(string what, ReadOnlySpan<float> values, params IEnumerable<long> shape) =>
        _graph.Constant($"{_layer.Name}/{what}", values, shape);

    /// <summary>A list of whole numbers.</summary>
    internal string Integers(string what, params ReadOnlySpan<long> values) =>
        _graph.Constant($"{_layer.Name}/{what}", values, values.Length);

    /// <summary>What the layer makes, in the shape that it has in the net, with the axes that vary.</summary>
    /// <param name="name">The value's name in the graph.</param>
    /// <param name="top">Which top.</param>
    /// <param name="symbols">For each axis its symbol; null for a fixed one.</param>
    internal OnnxValue Top(string name, int top, IEnumerable<string?> symbols)
    {
        string?[] known = [.. symbols];
        return new(name, [.. Lengths(top).Select((length, axis) => new OnnxDimension(length, known[axis]))]);
    }

    /// <summary>The first top, where all its axes are those of the first bottom.</summary>
    internal OnnxValue SameShape(string name) => Top(name, 0, Bottom.Shape.Select(dimension => dimension.Symbol));

    /// <summary>The lengths of a top's axes in the net as it is now.</summary>
    internal int[] Lengths(int top) => _layer.Tops[top].Shape.ToArray();

    /// <summary>A symbol for an axis that varies as no other does.</summary>
    internal string NewSymbol(int top, int axis) => FormattableString.Invariant($"{_layer.TopNames[top]}_axis{axis}");

    /// <summary>Gives a value another shape.</summary>
    /// <param name="value">The value.</param>
    /// <param name="shape">The shape: axes that vary are the same axes of the value; one more may be of any length.</param>
    internal string Reshape(OnnxValue value, IReadOnlyList<OnnxDimension> shape)
    {
        const long SameAxis = 0;
        const long Rest = -1;
        long[] lengths = [.. shape.Select((dimension, axis) =>
            !dimension.Varies ? dimension.Length
            : axis < value.Axes && value.Shape[axis].Symbol == dimension.Symbol ? SameAxis
            : Rest)];
        if (lengths.Count(length => length == Rest) > 1)
        {
            throw SizeRefusal("gives a shape in which several axes would vary");
        }

        return Add("Reshape", [value.Name, Integers("shape", lengths)]);
    }

    /// <summary>The shape with some of its axes made one, which must not vary.</summary>
    internal int FixedCount(OnnxValue value, int firstAxis, int endAxis)
    {
        int count = 1;
        for (int axis = firstAxis; axis < endAxis; axis++)
        {
            if (value.Shape[axis].Varies)
            {
                throw SizeRefusal($"requires a fixed length of axis {axis} of '{value.Name}'");
            }

            count *= value.Shape[axis].Length;
        }

        return count;
    }

    /// <summary>The refusal of a layer that works at a fixed size of input alone.</summary>
    internal CaffeException SizeRefusal(string reason) => Refusal(
        $"{reason}, which takes inputs of a fixed size",
        "Export without DynamicSize, at the size that the inputs are reshaped to; or, where the batch is meant, without DynamicBatch.");

    /// <summary>The refusal of a layer.</summary>
    /// <param name="reason">What is wrong with it, after its name.</param>
    /// <param name="fix">What to do.</param>
    internal CaffeException Refusal(
        string reason, string fix = "Take it out of the net (NetSurgery.DropLayer), or export the blobs before it alone (Outputs).")
    {
        string type = Definition.PythonParam is { } python ? $"{Type}, {python.Module}.{python.Layer}" : Type;
        return new($"Layer '{_layer.Name}' (type {type}) cannot be exported to ONNX: it {reason}. {fix}")
        {
            Kind = CaffeErrorKind.Unsupported,
            LayerName = _layer.Name,
        };
    }
}
