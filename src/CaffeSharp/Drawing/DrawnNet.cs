using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>What is drawn: layers in their order, and the shapes of blobs where they are known.</summary>
/// <param name="Name">The net's name; may be empty.</param>
/// <param name="Layers">Its layers.</param>
/// <param name="Shapes">Shapes in words, by blob; empty for a net that was not loaded.</param>
internal sealed record DrawnNet(
    string Name, IReadOnlyList<LayerParameter> Layers, IReadOnlyDictionary<string, string> Shapes)
{
    internal static DrawnNet Of(NetParameter net, NetDrawingOptions options)
    {
        ArgumentNullException.ThrowIfNull(net);
        bool isOld = net.Layers.Count > 0 || net.Input.Count > 0;
        NetParameter today = isOld ? UpgradeProto.Net(net) : net;
        IEnumerable<LayerParameter> layers = options.Phase is { } phase
            ? today.Layer.Where(layer => NetRules.Takes(layer, phase, options))
            : today.Layer;
        return new(net.Name, [.. layers], new Dictionary<string, string>());
    }

    internal static DrawnNet Of(Net net)
    {
        ArgumentNullException.ThrowIfNull(net);
        List<LayerParameter> layers = [];
        Dictionary<string, string> unsplit = new(StringComparer.Ordinal);
        Dictionary<string, string> makers = new(StringComparer.Ordinal);
        foreach (Layer layer in net.Layers)
        {
            if (IsInserted(layer, makers))
            {
                foreach (string top in layer.TopNames)
                {
                    unsplit[top] = layer.BottomNames[0];
                }

                continue;
            }

            LayerParameter definition = Prototxt.Parse<LayerParameter>(layer.Definition);
            for (int bottom = 0; bottom < definition.Bottom.Count; bottom++)
            {
                definition.Bottom[bottom] = unsplit.GetValueOrDefault(definition.Bottom[bottom], definition.Bottom[bottom]);
            }

            // The net has the layers of its own phase; rules say nothing more.
            definition.Include.Clear();
            definition.Exclude.Clear();
            layers.Add(definition);
            foreach (string top in layer.TopNames)
            {
                makers[top] = layer.Name;
            }
        }

        return new(net.Name, layers, net.Blobs.ToDictionary(blob => blob.Name, blob => ShapeInWords(blob.Shape)));
    }

    /// <summary>"1 × 3 × 12 × 12", or "scalar".</summary>
    internal static string ShapeInWords(ReadOnlySpan<int> shape) => BlobShape.Describe(shape).Replace('x', '×');

    /// <summary>Whether Caffe put the layer in, where several layers read one blob; by the name that it gives such.</summary>
    private static bool IsInserted(Layer layer, Dictionary<string, string> makers) =>
        layer.Type == "Split" && layer.BottomNames is [string bottom]
        && makers.TryGetValue(bottom, out string? maker)
        && layer.Name.StartsWith($"{bottom}_{maker}_", StringComparison.Ordinal)
        && layer.Name.EndsWith("_split", StringComparison.Ordinal);
}
