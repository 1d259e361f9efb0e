using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>One output of a layer of a specification, to be the bottom of others. It does not change.</summary>
public sealed class Top
{
    internal Top(LayerSpec layer, int index)
    {
        Layer = layer;
        Index = index;
    }

    /// <summary>The layer it comes out of.</summary>
    public LayerSpec Layer { get; }

    /// <summary>Its place among the layer's tops, from 0.</summary>
    public int Index { get; }

    /// <summary>A net of the layers that this top needs, with names made for all of them.</summary>
    public NetParameter ToProto() => NetSpec.ToProto(this);
}
