using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>A layer of a loaded net with its definition, as it stood in the prototxt: without the splits that Caffe
/// inserts.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Definition">Its definition, whose bottoms name what the splits read.</param>
public sealed record DefinedLayer(Layer Layer, LayerParameter Definition)
{
    /// <summary>The layers of a net, in their order; those that Caffe inserted are not among them.</summary>
    /// <param name="net">The net.</param>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public static IReadOnlyList<DefinedLayer> Of(Net net)
    {
        ArgumentNullException.ThrowIfNull(net);
        List<DefinedLayer> layers = [];
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
            definition.Bottom.Clear();
            definition.Bottom.Add(layer.BottomNames.Select(bottom => unsplit.GetValueOrDefault(bottom, bottom)));
            definition.Top.Clear();
            definition.Top.Add(layer.TopNames);
            layers.Add(new(layer, definition));
            foreach (string top in layer.TopNames)
            {
                makers[top] = layer.Name;
            }
        }

        return layers;
    }

    /// <summary>Whether Caffe put the layer in, where several layers read one blob; by the name that it gives such.</summary>
    private static bool IsInserted(Layer layer, Dictionary<string, string> makers) =>
        layer.Type == "Split" && layer.BottomNames is [string bottom]
        && makers.TryGetValue(bottom, out string? maker)
        && layer.Name.StartsWith($"{bottom}_{maker}_", StringComparison.Ordinal)
        && layer.Name.EndsWith("_split", StringComparison.Ordinal);
}
