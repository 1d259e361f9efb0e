using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace CaffeSharp;

/// <summary>Values for a repeated field of a layer: one as it is, several in brackets: <c>kernelSize: 3</c>,
/// <c>kernelSize: [3, 5]</c>.</summary>
/// <typeparam name="T">The field's type.</typeparam>
[CollectionBuilder(typeof(SpecValues), nameof(SpecValues.Create))]
[SuppressMessage("Naming", "CA1710", Justification = "It is named for what it holds.")]
[SuppressMessage("Performance", "CA1815", Justification = "It only carries arguments into a call.")]
public readonly struct SpecValues<T> : IEnumerable<T>
{
    private readonly T[]? _values;

    internal SpecValues(T[] values) => _values = values;

    internal bool IsEmpty => _values is null or { Length: 0 };

    /// <summary>A single value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SpecValues<T>(T value) => new([value]);

    /// <summary>A single value.</summary>
    /// <param name="value">The value.</param>
    [SuppressMessage("Design", "CA1000", Justification = "It is the conversion under a name.")]
    public static SpecValues<T> FromT(T value) => value;

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)(_values ?? [])).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds the values, copies of them where they are messages.</summary>
    internal void AddTo(RepeatedField<T> field)
    {
        foreach (T value in this)
        {
            field.Add(value is IDeepCloneable<T> message ? message.Clone() : value);
        }
    }
}
