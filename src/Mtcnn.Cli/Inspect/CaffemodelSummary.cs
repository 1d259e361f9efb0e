using CaffeSharp;
using CaffeSharp.Messages;

using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Inspect;

/// <summary>Reads the layers of a caffemodel of any version of Caffe, without its prototxt.</summary>
internal static class CaffemodelSummary
{
    /// <summary>
    /// Reads the net's name and its layers, in the file's order. Throws <see cref="CaffeException"/> if the file is not a caffemodel, and
    /// <see cref="CommandException"/> if it has no layers.
    /// </summary>
    public static (string NetName, IReadOnlyList<LayerSummary> Layers) Read(string path)
    {
        NetParameter net = BinaryProto.ReadFile<NetParameter>(path);
        // In the older format, the types of layers are numbers.
        if (net.Layers.Count > 0)
        {
            net = UpgradeProto.Net(net);
        }

        return net.Layer.Count > 0
            ? (net.Name, [.. net.Layer.Select(Of)])
            : throw new CommandException($"{path} is not a caffemodel: it contains no layers.");
    }

    private static LayerSummary Of(LayerParameter layer) =>
        new(layer.Name, layer.Type, layer.Bottom, layer.Top, [], [.. layer.Blobs.Select(ShapeOf)], null);

    // Older files have shapes of exactly four axes: num, channels, height and width.
    private static IReadOnlyList<long> ShapeOf(BlobProto blob) =>
        blob.Shape is { } shape ? shape.Dim : [blob.Num, blob.Channels, blob.Height, blob.Width];
}
