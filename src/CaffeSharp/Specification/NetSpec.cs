using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>A net in the making: tops under their names, from which a definition comes, as from pycaffe's NetSpec. Not for
/// several threads at once.</summary>
/// <example><code>
/// NetSpec n = new();
/// (n["data"], n["label"]) = L.DummyData(shape: [Shape.Of(10, 3, 8, 8), Shape.Of(10)], ntop: 2);
/// n["conv1"] = L.Convolution(n["data"], numOutput: 4, kernelSize: 3);
/// n["relu1"] = L.ReLU(n["conv1"], inPlace: true);
/// n["ip"] = L.InnerProduct(n["relu1"], numOutput: 2);
/// n["loss"] = L.SoftmaxWithLoss([n["ip"], n["label"]]);
/// using Net net = Net.FromParameter(n.ToProto());
/// </code></example>
public sealed class NetSpec
{
    // Tops, or layers without tops, by name, in the order in which the names came.
    private readonly OrderedDictionary<string, object> _named = new(StringComparer.Ordinal);

    /// <summary>The names given so far, in order.</summary>
    public IReadOnlyList<string> Names => [.. _named.Keys];

    /// <summary>The top of a name. Setting it names the top's blob; the first top's name is its layer's too.</summary>
    /// <param name="name">The name. One that was given before keeps its place.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="KeyNotFoundException">There is no such name; or a layer without tops has it.</exception>
    public Top this[string name]
    {
        get
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            return _named.GetValueOrDefault(name) as Top ?? throw new KeyNotFoundException(
                $"There is no top '{name}' in this specification.{NearestName.Suggestion(name, _named.Keys)}");
        }

        set
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            ArgumentNullException.ThrowIfNull(value);
            _named[name] = value;
        }
    }

    /// <summary>A net of the layers that some tops need, with names made for all of them: the type and a number, counted by
    /// type.</summary>
    /// <param name="tops">The tops.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static NetParameter ToProto(params IReadOnlyList<Top> tops)
    {
        ArgumentNullException.ThrowIfNull(tops);
        if (tops.Count == 0)
        {
            throw new ArgumentException("A net is made of at least one top.", nameof(tops));
        }

        SpecificationWriter writer = new();
        foreach (Top top in tops)
        {
            writer.Write(top.Layer);
        }

        return writer.Net;
    }

    /// <summary>Names a layer, most of all one without tops, that it may be part of the net.</summary>
    /// <param name="name">The layer's name, and its first top's.</param>
    /// <param name="layer">The layer.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public void Add(string name, LayerSpec layer)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(layer);
        _named[name] = layer.NameBearer;
    }

    /// <summary>A net of all layers that the named tops need, in the order of the names, each after those it reads. Tops
    /// without a name get one made of their type and a number.</summary>
    public NetParameter ToProto()
    {
        SpecificationWriter writer = new();
        foreach ((string name, object named) in _named)
        {
            writer.Name(named, name);
        }

        foreach (object named in _named.Values)
        {
            writer.Write(named is Top top ? top.Layer : (LayerSpec)named);
        }

        return writer.Net;
    }
}
