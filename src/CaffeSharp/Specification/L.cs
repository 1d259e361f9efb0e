using System.Diagnostics.CodeAnalysis;
using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>Layers for a net's specification, as pycaffe's <c>layers</c> has them: a method for every layer type that this
/// build of Caffe registers, whose parameters are those of the layer's message in caffe.proto. What is not given stays
/// unset, so that Caffe's default holds. Methods may be called from any thread.</summary>
#pragma warning disable CA1708 // Some layer types differ by case alone: LSTM and Lstm.
public static partial class L
#pragma warning restore CA1708
{
    /// <summary>A layer of any type: one that is registered later, or your own class.</summary>
    /// <param name="type">The type, as it stands in a prototxt.</param>
    /// <param name="bottoms">The tops it reads: one, or several in brackets.</param>
    /// <param name="layerParameter">Its fields.</param>
    /// <param name="ntop">Number of its tops.</param>
    /// <param name="inPlace">Whether it writes over its bottoms.</param>
    /// <exception cref="ArgumentException">The type is empty, or a bottom is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of tops is negative.</exception>
    [SuppressMessage("Naming", "CA1724", Justification = "It is what pycaffe calls it.")]
    public static LayerSpec Layer(
        string type, Bottoms bottoms = default, LayerParameter? layerParameter = null, int ntop = 1, bool inPlace = false) =>
        new(type, bottoms, layerParameter?.Clone() ?? new(), ntop, inPlace);
}
