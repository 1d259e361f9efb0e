using System.Diagnostics;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>One layer of a net. It ends with its net; name, type and wiring can be read for ever.</summary>
[DebuggerDisplay("{Name} ({Type})")]
public sealed class Layer
{
    private readonly Net _net;

    internal Layer(
        Net net, int index, string name, string type, IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops,
        IReadOnlyList<Blob> parameters)
    {
        _net = net;
        Index = index;
        Name = name;
        Type = type;
        Bottoms = bottoms;
        Tops = tops;
        BottomNames = [.. bottoms.Select(blob => blob.Name)];
        TopNames = [.. tops.Select(blob => blob.Name)];
        Parameters = parameters;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its type, as it stands in a prototxt: "Convolution".</summary>
    public string Type { get; }

    /// <summary>Its place in the order in which layers run, from 0.</summary>
    public int Index { get; }

    /// <summary>The blobs it reads.</summary>
    public IReadOnlyList<Blob> Bottoms { get; }

    /// <summary>The blobs it writes.</summary>
    public IReadOnlyList<Blob> Tops { get; }

    /// <summary>Names of the blobs it reads.</summary>
    public IReadOnlyList<string> BottomNames { get; }

    /// <summary>Names of the blobs it writes.</summary>
    public IReadOnlyList<string> TopNames { get; }

    /// <summary>Its learnt parameters: for most types weights, then biases.</summary>
    public IReadOnlyList<Blob> Parameters { get; }

    /// <summary>Its definition in prototxt syntax, without the parameters' values.</summary>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public string Definition
    {
        get
        {
            ObjectDisposedException.ThrowIf(_net.IsDisposed, _net);
            NetNative.caffe_net_layer_definition(_net.Handle, Index, out string definition).ThrowIfFailed();
            return definition;
        }
    }

    /// <summary>Whether the last whole pass ran it in <see cref="Engine.Accelerated"/>, and not in Caffe.</summary>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public bool IsAccelerated
    {
        get
        {
            ObjectDisposedException.ThrowIf(_net.IsDisposed, _net);
            EngineNative.caffe_engine_runs_layer(_net.Handle, Index, out int accelerated).ThrowIfFailed();
            return accelerated != 0;
        }
    }
}
