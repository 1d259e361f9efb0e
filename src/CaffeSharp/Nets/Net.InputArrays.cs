using CaffeSharp.Interop;

namespace CaffeSharp;

/// <content>Examples in memory.</content>
public sealed partial class Net
{
    /// <summary>Gives a MemoryData layer its examples: <c>set_input_arrays</c> of pycaffe. The net goes through them batch by
    /// batch, over and over, until it is given others. They are copied into memory of the net's, so the arrays are the
    /// caller's again when this returns.</summary>
    /// <param name="data">The examples, each of the layer's channels x height x width values; a multiple of its batch size.</param>
    /// <param name="labels">One label an example.</param>
    /// <param name="layer">The MemoryData layer; null for the net's only one.</param>
    /// <exception cref="InvalidOperationException">No layer is named, and the net has not one MemoryData layer.</exception>
    /// <exception cref="KeyNotFoundException">There is no such layer.</exception>
    /// <exception cref="CaffeException">The layer is not a MemoryData layer, the sizes do not belong together, they are no
    /// multiple of the batch size (the message has all sizes); or another thread is inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public void SetInputArrays(ReadOnlySpan<float> data, ReadOnlySpan<float> labels, string? layer = null)
    {
        RequireFree();
        int index = layer is null ? OnlyMemoryLayer() : Layers.IndexOf(layer);
        NetNative.caffe_net_set_input_arrays(Handle, index, data, data.Length, labels, labels.Length).ThrowIfFailed();
    }

    private int OnlyMemoryLayer()
    {
        string[] names = [.. Layers.Where(layer => layer.Type == "MemoryData").Select(layer => layer.Name)];
        return names switch
        {
            [string name] => Layers.IndexOf(name),
            [] => throw new InvalidOperationException($"The net '{Name}' has no MemoryData layer that could take arrays."),
            _ => throw new InvalidOperationException(
                $"The net '{Name}' has {names.Length} MemoryData layers ({string.Join(", ", names)}); name one."),
        };
    }
}
