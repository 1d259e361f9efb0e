namespace CaffeSharp.Onnx;

/// <summary>What of a net goes into a model.</summary>
/// <param name="Inputs">Layers whose tops are fed from outside.</param>
/// <param name="Layers">Layers that are converted, in the net's order.</param>
/// <param name="Dropped">Layers that are neither.</param>
/// <param name="Outputs">The blobs that the model gives.</param>
internal sealed record ExportPlan(
    IReadOnlyList<DefinedLayer> Inputs,
    IReadOnlyList<DefinedLayer> Layers,
    IReadOnlyList<DefinedLayer> Dropped,
    IReadOnlyList<string> Outputs)
{
    internal static ExportPlan Of(Net net, OnnxExportOptions options)
    {
        IReadOnlyList<DefinedLayer> all = DefinedLayer.Of(net);
        IReadOnlyList<string> outputs = options.Outputs.Count > 0 ? Known(net, all, options.Outputs) : Unread(net, all);
        HashSet<string> needed = new(outputs, StringComparer.Ordinal);
        HashSet<DefinedLayer> taken = [];
        foreach (DefinedLayer layer in all.Reverse().Where(layer => layer.Definition.Top.Any(needed.Contains)))
        {
            taken.Add(layer);
            needed.ExceptWith(layer.Definition.Top);
            needed.UnionWith(layer.Definition.Bottom);
        }

        return outputs.Count > 0
            ? new(
                [.. all.Where(layer => taken.Contains(layer) && IsSource(layer))],
                [.. all.Where(layer => taken.Contains(layer) && !IsSource(layer))],
                [.. all.Where(layer => !taken.Contains(layer) && !IsSource(layer))],
                outputs)
            : throw new CaffeException($"The net '{net.Name}' has no layers to export: only inputs, losses and accuracies.")
            {
                Kind = CaffeErrorKind.Argument,
            };
    }

    /// <summary>Whether the layer is for training or reports alone: a loss, an accuracy, a sink.</summary>
    internal static bool IsForTraining(Net net, DefinedLayer layer) =>
        layer.Layer.Type is "Accuracy" or "Silence" or "HDF5Output"
        || layer.Layer.Type.EndsWith("Loss", StringComparison.Ordinal)
        || layer.Layer.TopNames.Any(top => net.LossWeight(top) != 0);

    /// <summary>Whether the layer reads nothing: an input, data. A Parameter layer holds a constant.</summary>
    private static bool IsSource(DefinedLayer layer) => layer.Definition.Bottom.Count == 0 && layer.Layer.Type != "Parameter";

    /// <summary>What layers make that are exported, and none that is exported reads.</summary>
    private static List<string> Unread(Net net, IReadOnlyList<DefinedLayer> all)
    {
        OrderedDictionary<string, bool> unread = new(StringComparer.Ordinal);
        foreach (DefinedLayer layer in all.Where(layer => !IsSource(layer) && !IsForTraining(net, layer)))
        {
            foreach (string bottom in layer.Definition.Bottom)
            {
                unread.Remove(bottom);
            }

            foreach (string top in layer.Definition.Top)
            {
                unread[top] = true;
            }
        }

        return [.. unread.Keys];
    }

    private static IReadOnlyList<string> Known(Net net, IReadOnlyList<DefinedLayer> all, IReadOnlyList<string> outputs)
    {
        string[] made = [.. all.SelectMany(layer => layer.Definition.Top).Distinct()];
        foreach (string unknown in outputs.Except(made))
        {
            // The net names its nearest blob.
            _ = net.Blobs[unknown];
            throw new KeyNotFoundException($"No layer of the prototxt of the net '{net.Name}' makes the blob '{unknown}'.");
        }

        return outputs;
    }
}
