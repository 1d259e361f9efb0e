using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CaffeSharp;

/// <summary>Layers or blobs of a net, in the net's order and by name. It does not change and may be read by many threads.</summary>
/// <typeparam name="T">What is listed.</typeparam>
[SuppressMessage("Naming", "CA1710", Justification = "It is a list, and a read-only one.")]
public sealed class NamedList<T> : IReadOnlyList<T>
{
    private readonly string _kind;
    private readonly string _owner;
    private readonly T[] _items;
    private readonly string[] _names;
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);

    /// <param name="kind">What messages call an item: "layer".</param>
    /// <param name="owner">What messages call the whole: "net '12Net'".</param>
    /// <param name="items">The items.</param>
    /// <param name="name">Gives an item's name.</param>
    internal NamedList(string kind, string owner, IEnumerable<T> items, Func<T, string> name)
    {
        _kind = kind;
        _owner = owner;
        _items = [.. items];
        _names = Array.ConvertAll(_items, item => name(item));
        for (int index = 0; index < _names.Length; index++)
        {
            // Where Caffe lets two layers have one name, it means the later one.
            _indices[_names[index]] = index;
        }
    }

    /// <summary>Number of items.</summary>
    public int Count => _items.Length;

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The item at a place.</summary>
    /// <param name="index">The place, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public T this[int index] => (uint)index < (uint)_items.Length
        ? _items[index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"{_owner} has {_items.Length} {_kind}s here.");

    /// <summary>The item of a name.</summary>
    /// <param name="name">The name, in its exact letter case.</param>
    /// <exception cref="KeyNotFoundException">There is none; the message names the nearest.</exception>
    public T this[string name] => _items[IndexOf(name)];

    /// <summary>Looks for the item of a name.</summary>
    /// <param name="name">The name, in its exact letter case.</param>
    /// <param name="item">The item, where there is one.</param>
    public bool TryGetValue(string name, [MaybeNullWhen(false)] out T item)
    {
        bool found = _indices.TryGetValue(name, out int index);
        item = found ? _items[index] : default;
        return found;
    }

    /// <summary>Whether there is an item of that name.</summary>
    /// <param name="name">The name, in its exact letter case.</param>
    public bool Contains(string name) => _indices.ContainsKey(name);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <summary>The place of a name.</summary>
    internal int IndexOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _indices.TryGetValue(name, out int index)
            ? index
            : throw new KeyNotFoundException(
                $"There is no {_kind} '{name}' in {_owner}.{NearestName.Suggestion(name, _names)}" +
                (_names.Length is > 0 and <= 32 ? $" There are: {string.Join(", ", _names)}." : string.Empty));
    }
}
