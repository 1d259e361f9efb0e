using System.Runtime.InteropServices;
using Google.Protobuf;

namespace CaffeSharp.Onnx;

/// <summary>A graph while it is built: operators in their order, constants, and names that are used once.</summary>
internal sealed class OnnxGraph
{
    private readonly GraphProto _graph = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TensorProto>> _constants = new(StringComparer.Ordinal);

    /// <param name="name">The net's name.</param>
    /// <param name="reserved">Names that operators in between do not take: those of the net's blobs.</param>
    internal OnnxGraph(string name, IEnumerable<string> reserved)
    {
        _graph.Name = name.Length > 0 ? name : "net";
        _names.UnionWith(reserved);
    }

    /// <summary>Bytes of all constants.</summary>
    internal long ConstantBytes { get; private set; }

    internal void AddInput(OnnxValue value) => _graph.Input.Add(Info(value));

    internal void AddOutput(OnnxValue value) => _graph.Output.Add(Info(value));

    /// <summary>Adds an operator.</summary>
    /// <param name="operation">Its type.</param>
    /// <param name="layer">The layer it belongs to, whose name it has.</param>
    /// <param name="inputs">The values it reads.</param>
    /// <param name="outputs">How many values it makes.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>Names of what it makes.</returns>
    internal IReadOnlyList<string> Add(
        string operation, string layer, IEnumerable<string> inputs, int outputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        NodeProto node = new() { OpType = operation, Name = Unique(_nodes, layer, $"{layer}/{operation}") };
        node.Input.Add(inputs);
        for (int output = 0; output < outputs; output++)
        {
            node.Output.Add(Unique(_names, $"{layer}/{operation}"));
        }

        foreach (AttributeProto attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        _graph.Node.Add(node);
        return node.Output;
    }

    /// <summary>Gives a value that an operator makes another name, everywhere.</summary>
    internal void Rename(string value, string name) => _renamed.Add(value, name);

    /// <summary>A name that no value has yet, and that none will get.</summary>
    internal string Unique(string wish) => Unique(_names, wish);

    internal string Constant(string wish, ReadOnlySpan<float> values, params IEnumerable<long> shape) =>
        Constant(wish, MemoryMarshal.AsBytes(values), TensorProto.Types.DataType.Float, shape);

    internal string Constant(string wish, ReadOnlySpan<long> values, params IEnumerable<long> shape) =>
        Constant(wish, MemoryMarshal.AsBytes(values), TensorProto.Types.DataType.Int64, shape);

    /// <summary>The whole graph.</summary>
    internal GraphProto Build()
    {
        foreach (NodeProto node in _graph.Node)
        {
            for (int input = 0; input < node.Input.Count; input++)
            {
                node.Input[input] = Final(node.Input[input]);
            }

            for (int output = 0; output < node.Output.Count; output++)
            {
                node.Output[output] = Final(node.Output[output]);
            }
        }

        return _graph;
    }

    /// <summary>Layers that share their weights, and equal constants, have one tensor.</summary>
    private string Constant(
        string wish, ReadOnlySpan<byte> bytes, TensorProto.Types.DataType type, IEnumerable<long> shape)
    {
        long[] dimensions = [.. shape];
        string kind = $"{type} {string.Join(' ', dimensions)}";
        if (!_constants.TryGetValue(kind, out List<TensorProto>? known))
        {
            known = [];
            _constants.Add(kind, known);
        }

        foreach (TensorProto tensor in known)
        {
            if (tensor.RawData.Span.SequenceEqual(bytes))
            {
                return tensor.Name;
            }
        }

        TensorProto made = new()
        {
            Name = Unique(_names, wish),
            DataType = (int)type,
            RawData = UnsafeByteOperations.UnsafeWrap(bytes.ToArray()),
        };
        made.Dims.Add(dimensions);
        known.Add(made);
        _graph.Initializer.Add(made);
        ConstantBytes += bytes.Length;
        return made.Name;
    }

    private string Final(string name) => _renamed.GetValueOrDefault(name, name);

    private ValueInfoProto Info(OnnxValue value)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(value.Shape.Select(dimension => dimension.Symbol is { } symbol
            ? new TensorShapeProto.Types.Dimension { DimParam = symbol }
            : new TensorShapeProto.Types.Dimension { DimValue = dimension.Length }));
        return new()
        {
            Name = Final(value.Name),
            Type = new() { TensorType = new() { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape } },
        };
    }

    private static string Unique(HashSet<string> used, params ReadOnlySpan<string> wishes)
    {
        foreach (string wish in wishes)
        {
            if (used.Add(wish))
            {
                return wish;
            }
        }

        for (int number = 2; ; number++)
        {
            string numbered = FormattableString.Invariant($"{wishes[^1]}_{number}");
            if (used.Add(numbered))
            {
                return numbered;
            }
        }
    }
}
