using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Layers and blobs of a new net, read once: neither changes while a net lives. Every handle that is made is
/// released with the net.</summary>
internal sealed class NetStructure
{
    private readonly Net _net;
    private readonly NetHandle _handle;
    private readonly bool _sharesParameters;
    private readonly List<Blob> _owned = [];

    internal NetStructure(Net net, NetHandle handle, bool sharesParameters)
    {
        _net = net;
        _handle = handle;
        _sharesParameters = sharesParameters;
        string owner = $"net '{net.Name}'";
        try
        {
            Blob[] blobs = ReadBlobs();
            Blobs = Named("blob", owner, blobs);
            NetNative.caffe_net_input_count(handle, out int inputs).ThrowIfFailed();
            Inputs = Named("input", owner, Select(blobs, inputs, (int at, out int blob) =>
                NetNative.caffe_net_input(handle, at, out blob)));
            NetNative.caffe_net_output_count(handle, out int outputs).ThrowIfFailed();
            Outputs = Named("output", owner, Select(blobs, outputs, (int at, out int blob) =>
                NetNative.caffe_net_output(handle, at, out blob)));
            Layers = new("layer", owner, ReadLayers(blobs), layer => layer.Name);
        }
        catch
        {
            Release();
            throw;
        }

        OrderedDictionary<string, IReadOnlyList<Blob>> parameters = new(StringComparer.Ordinal);
        foreach (Layer layer in Layers.Where(layer => layer.Parameters.Count > 0))
        {
            parameters[layer.Name] = layer.Parameters;
        }

        Parameters = parameters;
    }

    private delegate CaffeStatus BlobIndex(int at, out int blob);

    internal NamedList<Layer> Layers { get; }

    internal NamedList<Blob> Blobs { get; }

    internal NamedList<Blob> Inputs { get; }

    internal NamedList<Blob> Outputs { get; }

    internal IReadOnlyDictionary<string, IReadOnlyList<Blob>> Parameters { get; }

    /// <summary>Bytes that the values of all blobs, and of parameters of the net's own, take, as their shapes are now.</summary>
    internal long Bytes
    {
        get
        {
            NetNative.caffe_net_bytes(_handle, _sharesParameters ? 0 : 1, out long bytes).ThrowIfFailed();
            return bytes;
        }
    }

    internal void Release()
    {
        foreach (Blob blob in _owned)
        {
            blob.Release();
        }
    }

    private static NamedList<Blob> Named(string kind, string owner, IEnumerable<Blob> blobs) =>
        new(kind, owner, blobs, blob => blob.Name);

    private static Blob[] Select(Blob[] blobs, int count, BlobIndex index)
    {
        Blob[] selected = new Blob[count];
        for (int at = 0; at < count; at++)
        {
            index(at, out int blob).ThrowIfFailed();
            selected[at] = blobs[blob];
        }

        return selected;
    }

    private Blob[] ReadBlobs()
    {
        NetNative.caffe_net_blob_count(_handle, out int count).ThrowIfFailed();
        Blob[] blobs = new Blob[count];
        for (int index = 0; index < count; index++)
        {
            NetNative.caffe_net_blob_name(_handle, index, out string name).ThrowIfFailed();
            NetNative.caffe_net_blob(_handle, index, out BlobHandle blob).ThrowIfFailed();
            blobs[index] = Own(blob, name);
        }

        return blobs;
    }

    private List<Layer> ReadLayers(Blob[] blobs)
    {
        NetNative.caffe_net_layer_count(_handle, out int count).ThrowIfFailed();
        List<Layer> layers = new(count);
        for (int layer = 0; layer < count; layer++)
        {
            int index = layer;
            NetNative.caffe_net_layer_name(_handle, index, out string name).ThrowIfFailed();
            NetNative.caffe_net_layer_type(_handle, index, out string type).ThrowIfFailed();
            NetNative.caffe_net_bottom_count(_handle, index, out int bottoms).ThrowIfFailed();
            NetNative.caffe_net_top_count(_handle, index, out int tops).ThrowIfFailed();
            layers.Add(new(
                _net, index, name, type,
                Select(blobs, bottoms, (int at, out int blob) => NetNative.caffe_net_bottom(_handle, index, at, out blob)),
                Select(blobs, tops, (int at, out int blob) => NetNative.caffe_net_top(_handle, index, at, out blob)),
                ReadParameters(index, name)));
        }

        return layers;
    }

    private Blob[] ReadParameters(int layer, string layerName)
    {
        NetNative.caffe_net_layer_param_count(_handle, layer, out int count).ThrowIfFailed();
        Blob[] parameters = new Blob[count];
        for (int index = 0; index < count; index++)
        {
            NetNative.caffe_net_layer_param(_handle, layer, index, out BlobHandle blob).ThrowIfFailed();
            parameters[index] = Own(blob, $"{layerName}[{index}]");
        }

        return parameters;
    }

    private Blob Own(BlobHandle handle, string name)
    {
        handle.KeepAlive(_handle);
        Blob blob = new(_net, handle, name);
        _owned.Add(blob);
        return blob;
    }
}
