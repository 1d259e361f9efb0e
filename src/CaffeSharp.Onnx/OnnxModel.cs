using System.Globalization;

namespace CaffeSharp.Onnx;

/// <summary>A net as a model.</summary>
internal static class OnnxModel
{
    // The oldest set whose softmax is Caffe's, along one axis; ONNX 1.8 of 2020 and all later runtimes have it.
    private const int OperatorSet = 13;
    private const int IrVersion = 7;

    // protobuf's limit, less what names and structure take.
    private const long MostConstantBytes = int.MaxValue - (16L << 20);

    internal static (ModelProto Model, OnnxExportReport Report) Of(Net net, OnnxExportOptions options)
    {
        ArgumentNullException.ThrowIfNull(net);
        ExportPlan plan = ExportPlan.Of(net, options);
        OnnxGraph graph = new(net.Name, net.Blobs.Names);
        Dictionary<string, OnnxValue> values = new(StringComparer.Ordinal);
        List<string> inputs = AddInputs(graph, plan, options, values);
        AddLayers(net, graph, plan, values, [.. inputs]);
        foreach (string output in plan.Outputs)
        {
            graph.AddOutput(Output(graph, output, values[output]));
        }

        ModelProto model = new()
        {
            IrVersion = IrVersion,
            OpsetImport = { new OperatorSetIdProto { Domain = string.Empty, Version = OperatorSet } },
            ProducerName = nameof(CaffeSharp),
            ProducerVersion = typeof(Net).Assembly.GetName().Version?.ToString(3) ?? string.Empty,
            Graph = graph.Build(),
        };
        return (model, new(inputs, plan.Outputs, [.. plan.Dropped.Select(layer => layer.Layer.Name)]));
    }

    private static List<string> AddInputs(
        OnnxGraph graph, ExportPlan plan, OnnxExportOptions options, Dictionary<string, OnnxValue> values)
    {
        List<string> inputs = [];
        bool hasSize = false;
        foreach (Blob blob in plan.Inputs.SelectMany(layer => layer.Layer.Tops))
        {
            OnnxDimension[] shape = [.. blob.Shape.ToArray().Select(length => new OnnxDimension(length))];
            if (options.DynamicBatch && shape.Length > 0)
            {
                shape[0] = shape[0] with { Symbol = "batch" };
            }

            if (options.DynamicSize && shape.Length == 4)
            {
                // The first has the plain names; others need not be as large.
                string prefix = hasSize ? $"{blob.Name}_" : string.Empty;
                shape[2] = shape[2] with { Symbol = $"{prefix}height" };
                shape[3] = shape[3] with { Symbol = $"{prefix}width" };
                hasSize = true;
            }

            OnnxValue input = new(blob.Name, shape);
            inputs.Add(blob.Name);
            values.Add(blob.Name, input);
            graph.AddInput(input);
        }

        return options.DynamicSize && !hasSize
            ? throw new ArgumentException("No input has four axes, of which the last two could be of any length.", nameof(options))
            : inputs;
    }

    private static void AddLayers(
        Net net, OnnxGraph graph, ExportPlan plan, Dictionary<string, OnnxValue> values, HashSet<string> inputs)
    {
        Dictionary<string, DefinedLayer> lastWriters = new(StringComparer.Ordinal);
        foreach (DefinedLayer layer in plan.Layers)
        {
            foreach (string top in layer.Definition.Top)
            {
                lastWriters[top] = layer;
            }
        }

        foreach (DefinedLayer defined in plan.Layers)
        {
            OnnxLayer layer = new(
                defined, [.. defined.Definition.Bottom.Select(bottom => values[bottom])], graph);
            if (ExportPlan.IsForTraining(net, defined))
            {
                throw layer.Refusal("is for training: losses, accuracies and sinks are not exported");
            }

            IReadOnlyList<OnnxValue> tops = LayerConverters.Convert(layer);
            for (int top = 0; top < tops.Count; top++)
            {
                string blob = defined.Definition.Top[top];
                bool isNew = layer.Made.Contains(tops[top].Name);
                bool isLast = ReferenceEquals(lastWriters[blob], defined) && !inputs.Contains(blob);
                values[blob] = isNew ? Renamed(graph, tops[top], isLast ? blob : graph.Unique($"{blob}/{defined.Layer.Name}")) : tops[top];
            }

            if (graph.ConstantBytes > MostConstantBytes)
            {
                throw new CaffeException($"The net '{net.Name}' has more than the 2 GB of weights that one ONNX file holds.")
                {
                    Kind = CaffeErrorKind.Unsupported,
                };
            }
        }
    }

    private static OnnxValue Renamed(OnnxGraph graph, OnnxValue value, string name)
    {
        graph.Rename(value.Name, name);
        return value with { Name = name };
    }

    /// <summary>A value under its blob's name, for which one that another blob holds too is copied.</summary>
    private static OnnxValue Output(OnnxGraph graph, string blob, OnnxValue value)
    {
        if (value.Name == blob)
        {
            return value;
        }

        string copy = graph.Add("Identity", string.Create(CultureInfo.InvariantCulture, $"{blob}/output"), [value.Name], 1)[0];
        return Renamed(graph, value with { Name = copy }, blob);
    }
}
