using CaffeSharp.Messages;
using Google.Protobuf.Collections;

namespace CaffeSharp;

/// <summary>Changes nets as messages, their weights along with them: layers renamed, dropped, spliced in, weights moved, fully
/// connected layers made convolutions. Read a net with <see cref="Prototxt"/> or <see cref="BinaryProto"/>, or take it from
/// <see cref="Net.ToParameter"/>; make one of it with <see cref="Net.FromParameter"/>. The methods change the message they
/// are given, and leave it as it was where they fail. A message is not for several threads at once.</summary>
public static class NetSurgery
{
    /// <summary>The layer of a name.</summary>
    /// <param name="net">The net, in today's form (see <see cref="UpgradeProto"/>).</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="KeyNotFoundException">There is none; the message names the nearest.</exception>
    public static LayerParameter FindLayer(this NetParameter net, string name) => net.Layer[IndexOf(net, name)];

    /// <summary>Gives a layer another name, so that weights are no longer copied into it by its old one.</summary>
    /// <param name="net">The net.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="newName">Its new name.</param>
    /// <exception cref="KeyNotFoundException">There is no such layer.</exception>
    /// <exception cref="ArgumentException">The new name is empty, or another layer's.</exception>
    public static void RenameLayer(this NetParameter net, string name, string newName)
    {
        LayerParameter layer = net.FindLayer(name);
        ArgumentException.ThrowIfNullOrEmpty(newName);
        RequireNewName(net, newName);
        layer.Name = newName;
    }

    /// <summary>Gives a blob another name, wherever a layer makes or reads it.</summary>
    /// <param name="net">The net.</param>
    /// <param name="name">The blob's name.</param>
    /// <param name="newName">Its new name.</param>
    /// <exception cref="KeyNotFoundException">There is no such blob.</exception>
    /// <exception cref="ArgumentException">The new name is empty, or another blob's.</exception>
    public static void RenameBlob(this NetParameter net, string name, string newName)
    {
        string[] blobs = BlobNames(net);
        RequireBlob(blobs, name);
        ArgumentException.ThrowIfNullOrEmpty(newName);
        if (blobs.Contains(newName))
        {
            throw new ArgumentException($"The net '{net.Name}' has a blob '{newName}' already.", nameof(newName));
        }

        foreach (LayerParameter layer in net.Layer)
        {
            Replace(layer.Bottom, name, newName);
            Replace(layer.Top, name, newName);
        }
    }

    /// <summary>Takes a layer out, with its weights. Layers that read its tops read its bottoms of the same place instead.</summary>
    /// <param name="net">The net.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="KeyNotFoundException">There is no such layer.</exception>
    /// <exception cref="InvalidOperationException">A layer reads one of its tops, and it has no bottom of that place.</exception>
    public static void DropLayer(this NetParameter net, string name)
    {
        int index = IndexOf(net, name);
        LayerParameter dropped = net.Layer[index];
        LayerParameter[] later = [.. net.Layer.Skip(index + 1)];
        for (int top = dropped.Bottom.Count; top < dropped.Top.Count; top++)
        {
            if (later.FirstOrDefault(layer => layer.Bottom.Contains(dropped.Top[top])) is { } reader)
            {
                throw new InvalidOperationException(
                    $"Layer '{name}' cannot be dropped: layer '{reader.Name}' reads its top '{dropped.Top[top]}', and there is " +
                    "no bottom that could stand in for it.");
            }
        }

        net.Layer.RemoveAt(index);
        for (int top = 0; top < Math.Min(dropped.Top.Count, dropped.Bottom.Count); top++)
        {
            RedirectReaders(later, dropped.Top[top], dropped.Bottom[top]);
        }
    }

    /// <summary>Splices a layer in: it reads what the layer before it makes, and what read that reads the new layer.</summary>
    /// <param name="net">The net.</param>
    /// <param name="name">The name of the layer after which it comes, which has one top.</param>
    /// <param name="layer">The new layer, which is copied. Its bottoms are set; a top that it does not name gets its name.</param>
    /// <exception cref="KeyNotFoundException">There is no such layer.</exception>
    /// <exception cref="ArgumentException">The new layer has no name or one of another layer's, or makes a blob that there is
    /// already.</exception>
    /// <exception cref="InvalidOperationException">The layer after which it comes has not one top.</exception>
    public static void InsertAfter(this NetParameter net, string name, LayerParameter layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        int index = IndexOf(net, name);
        ArgumentException.ThrowIfNullOrEmpty(layer.Name, nameof(layer));
        RequireNewName(net, layer.Name);
        if (net.Layer[index].Top is not [string bottom])
        {
            throw new InvalidOperationException(
                $"Layer '{name}' has {net.Layer[index].Top.Count} tops; a layer is spliced in after one top.");
        }

        LayerParameter spliced = layer.Clone();
        spliced.Bottom.Clear();
        spliced.Bottom.Add(bottom);
        if (spliced.Top.Count == 0)
        {
            spliced.Top.Add(layer.Name);
        }

        if (spliced.Top[0] != bottom && BlobNames(net).Contains(spliced.Top[0]))
        {
            throw new ArgumentException($"The net '{net.Name}' has a blob '{spliced.Top[0]}' already.", nameof(layer));
        }

        RedirectReaders([.. net.Layer.Skip(index + 1)], bottom, spliced.Top[0]);
        net.Layer.Insert(index + 1, spliced);
    }

    /// <summary>Keeps the layers that some blobs need, and drops all others.</summary>
    /// <param name="net">The net.</param>
    /// <param name="blobs">The blobs.</param>
    /// <exception cref="ArgumentException">No blob is named.</exception>
    /// <exception cref="KeyNotFoundException">There is no such blob.</exception>
    public static void KeepUpTo(this NetParameter net, params IReadOnlyList<string> blobs)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(blobs);
        if (blobs.Count == 0)
        {
            throw new ArgumentException("No blob was named.", nameof(blobs));
        }

        string[] known = BlobNames(net);
        foreach (string blob in blobs)
        {
            RequireBlob(known, blob);
        }

        HashSet<string> needed = new(blobs, StringComparer.Ordinal);
        for (int index = net.Layer.Count - 1; index >= 0; index--)
        {
            if (net.Layer[index].Top.Any(needed.Contains))
            {
                needed.UnionWith(net.Layer[index].Bottom);
            }
            else
            {
                net.Layer.RemoveAt(index);
            }
        }
    }

    /// <summary>Copies weights into layers of the same name, as <see cref="Net.CopyFrom(IReadOnlyList{string})"/> does into a
    /// running net.</summary>
    /// <param name="net">The net.</param>
    /// <param name="weights">A net with weights, in today's form.</param>
    /// <returns>The layers that were given weights, in the net's order.</returns>
    public static IReadOnlyList<string> TakeWeights(this NetParameter net, NetParameter weights)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(weights);
        Dictionary<string, LayerParameter> sources = new(StringComparer.Ordinal);
        foreach (LayerParameter source in weights.Layer.Where(layer => layer.Blobs.Count > 0))
        {
            sources.TryAdd(source.Name, source);
        }

        List<string> taken = [];
        foreach (LayerParameter layer in net.Layer)
        {
            if (sources.TryGetValue(layer.Name, out LayerParameter? source))
            {
                CopyBlobs(source, layer);
                taken.Add(layer.Name);
            }
        }

        return taken;
    }

    /// <summary>Copies the weights of one layer into another, of whatever name.</summary>
    /// <param name="net">The net.</param>
    /// <param name="name">The layer that is given weights.</param>
    /// <param name="weights">The net that holds them.</param>
    /// <param name="sourceName">The layer that has them.</param>
    /// <exception cref="KeyNotFoundException">There is no such layer.</exception>
    public static void TakeWeights(this NetParameter net, string name, NetParameter weights, string sourceName)
    {
        ArgumentNullException.ThrowIfNull(weights);
        CopyBlobs(weights.FindLayer(sourceName), net.FindLayer(name));
    }

    private static void CopyBlobs(LayerParameter source, LayerParameter target)
    {
        BlobProto[] blobs = [.. source.Blobs.Select(blob => blob.Clone())];
        target.Blobs.Clear();
        target.Blobs.Add(blobs);
    }

    private static int IndexOf(NetParameter net, string name)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(name);
        string[] names = [.. net.Layer.Select(layer => layer.Name)];
        int index = Array.IndexOf(names, name);
        return index >= 0
            ? index
            : throw new KeyNotFoundException(
                $"There is no layer '{name}' in the net '{net.Name}'.{NearestName.Suggestion(name, names)}" +
                (net.Layers.Count > 0 ? " It is of an older Caffe: UpgradeProto.Net brings it to today's form." : string.Empty));
    }

    private static string[] BlobNames(NetParameter net)
    {
        ArgumentNullException.ThrowIfNull(net);
        return [.. net.Layer.SelectMany(layer => layer.Top).Distinct()];
    }

    private static void RequireBlob(string[] known, string name)
    {
        if (!known.Contains(name))
        {
            throw new KeyNotFoundException($"No layer makes a blob '{name}'.{NearestName.Suggestion(name, known)}");
        }
    }

    private static void RequireNewName(NetParameter net, string name)
    {
        if (net.Layer.Any(layer => layer.Name == name))
        {
            throw new ArgumentException($"The net '{net.Name}' has a layer '{name}' already.", nameof(name));
        }
    }

    /// <summary>Layers read another blob, up to the one that writes over the old one.</summary>
    private static void RedirectReaders(IReadOnlyList<LayerParameter> layers, string blob, string newBlob)
    {
        foreach (LayerParameter layer in layers)
        {
            bool inPlace = layer.Bottom.Contains(blob) && layer.Top.Contains(blob);
            Replace(layer.Bottom, blob, newBlob);
            if (inPlace)
            {
                Replace(layer.Top, blob, newBlob);
            }
        }
    }

    private static void Replace(RepeatedField<string> names, string name, string newName)
    {
        for (int index = 0; index < names.Count; index++)
        {
            if (names[index] == name)
            {
                names[index] = newName;
            }
        }
    }
}
