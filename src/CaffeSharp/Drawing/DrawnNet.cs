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
        LayerParameter[] layers = [.. DefinedLayer.Of(net).Select(layer => layer.Definition)];
        foreach (LayerParameter layer in layers)
        {
            // The net has its own phase; rules say nothing more.
            layer.Include.Clear();
            layer.Exclude.Clear();
        }

        return new(net.Name, layers, net.Blobs.ToDictionary(blob => blob.Name, blob => ShapeInWords(blob.Shape)));
    }

    /// <summary>"1 × 3 × 12 × 12", or "scalar".</summary>
    internal static string ShapeInWords(ReadOnlySpan<int> shape) => BlobShape.Describe(shape).Replace('x', '×');
}
