using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>A layer of a specification: its type, what it reads, its fields and its tops. It does not change. One with a
/// single top stands for that top wherever one is required.</summary>
public sealed class LayerSpec
{
    private readonly LayerParameter _fields;
    private readonly Top[] _tops;

    internal LayerSpec(string type, Bottoms bottoms, LayerParameter fields, int ntop, bool inPlace)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentOutOfRangeException.ThrowIfNegative(ntop);
        Type = type;
        Bottoms = bottoms.Tops;
        for (int index = 0; index < Bottoms.Count; index++)
        {
            if (Bottoms[index] is null)
            {
                throw new ArgumentException($"Bottom {index} of a layer of the type {type} is null.", nameof(bottoms));
            }
        }

        if (inPlace && Bottoms.Count < ntop)
        {
            throw new ArgumentException(
                $"A layer of the type {type} cannot write {ntop} tops over {Bottoms.Count} bottoms.", nameof(inPlace));
        }

        _fields = fields;
        InPlace = inPlace;
        _tops = [.. Enumerable.Range(0, ntop).Select(index => new Top(this, index))];
    }

    /// <summary>The type, as it stands in a prototxt.</summary>
    public string Type { get; }

    /// <summary>The tops it reads.</summary>
    public IReadOnlyList<Top> Bottoms { get; }

    /// <summary>Its tops.</summary>
    public IReadOnlyList<Top> Tops => _tops;

    /// <summary>Whether its tops are its bottoms, written over.</summary>
    public bool InPlace { get; }

    /// <summary>Its fields, without name, bottoms and tops, which a net gives.</summary>
    internal LayerParameter Fields => _fields;

    /// <summary>What a name is given to: the first top, or the layer if it has none.</summary>
    internal object NameBearer => _tops.Length > 0 ? (object)_tops[0] : this;

    /// <summary>One of its tops.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such top.</exception>
    public Top this[int index] => (uint)index < (uint)_tops.Length
        ? _tops[index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"A layer of the type {Type} has {_tops.Length} tops here.");

    /// <summary>Its single top.</summary>
    /// <param name="layer">The layer.</param>
    /// <exception cref="InvalidOperationException">It has no top, or several.</exception>
    public static implicit operator Top(LayerSpec layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return layer.ToTop();
    }

    /// <summary>Its single top.</summary>
    /// <exception cref="InvalidOperationException">It has no top, or several.</exception>
    public Top ToTop() => _tops.Length == 1
        ? _tops[0]
        : throw new InvalidOperationException(
            $"A layer of the type {Type} with {_tops.Length} tops stands where one top is required; say which: layer[0].");

    /// <summary>Its two tops: <c>(n["data"], n["label"]) = L.Data(ntop: 2)</c>.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <exception cref="InvalidOperationException">It has fewer or more.</exception>
    public void Deconstruct(out Top first, out Top second)
    {
        RequireTops(2);
        (first, second) = (_tops[0], _tops[1]);
    }

    /// <summary>Its three tops.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    /// <exception cref="InvalidOperationException">It has fewer or more.</exception>
    public void Deconstruct(out Top first, out Top second, out Top third)
    {
        RequireTops(3);
        (first, second, third) = (_tops[0], _tops[1], _tops[2]);
    }

    private void RequireTops(int count)
    {
        if (_tops.Length != count)
        {
            throw new InvalidOperationException(
                $"A layer of the type {Type} has {_tops.Length} tops, and {count} are taken; ntop sets their number.");
        }
    }
}
