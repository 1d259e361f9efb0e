using CaffeSharp;
using CaffeSharp.Messages;

using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Inspect;

/// <summary>The layers that a caffemodel of any age holds, without its prototxt.</summary>
internal static class CaffemodelSummary
{
    /// <summary>
    /// The net's name and its layers, in the file's order. Throws <see cref="CaffeException"/> where it is not a caffemodel, and
    /// <see cref="CommandException"/> where it has no layers.
    /// </summary>
    public static (string NetName, IReadOnlyList<LayerSummary> Layers) Read(string path)
    {
        NetParameter net = BinaryProto.ReadFile<NetParameter>(path);
        // The layers of the older format: their types are numbers.
        if (net.Layers.Count > 0)
        {
            net = UpgradeProto.Net(net);
        }

        return net.Layer.Count > 0
            ? (net.Name, [.. net.Layer.Select(Of)])
            : throw new CommandException($"{path} is not a caffemodel: it holds no layers.");
    }

    private static LayerSummary Of(LayerParameter layer) =>
        new(layer.Name, layer.Type, layer.Bottom, layer.Top, [], [.. layer.Blobs.Select(ShapeOf)], null);

    // Before shapes had any number of axes they were num, channels, height and width.
    private static IReadOnlyList<long> ShapeOf(BlobProto blob) =>
        blob.Shape is { } shape ? shape.Dim : [blob.Num, blob.Channels, blob.Height, blob.Width];
}
