using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace CaffeSharp;

/// <summary>What a layer of a specification reads: a top, a layer with a single top, or several of them in brackets:
/// <c>L.Eltwise([left, right])</c>.</summary>
[CollectionBuilder(typeof(Bottoms), nameof(Create))]
[SuppressMessage("Naming", "CA1710", Justification = "It is named for what it holds.")]
[SuppressMessage("Performance", "CA1815", Justification = "It only carries arguments into a call.")]
public readonly struct Bottoms : IEnumerable<Top>
{
    private readonly Top[]? _tops;

    private Bottoms(Top[] tops) => _tops = tops;

    internal IReadOnlyList<Top> Tops => _tops ?? [];

    /// <summary>A single top.</summary>
    /// <param name="top">The top.</param>
    public static implicit operator Bottoms(Top top) => new([top]);

    /// <summary>The single top of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <exception cref="InvalidOperationException">It has no top, or several.</exception>
    public static implicit operator Bottoms(LayerSpec layer) => new([(Top)layer]);

    /// <summary>Several tops.</summary>
    /// <param name="tops">The tops, in the layer's order.</param>
    public static Bottoms Create(ReadOnlySpan<Top> tops) => new(tops.ToArray());

    /// <summary>A single top.</summary>
    /// <param name="top">The top.</param>
    public static Bottoms FromTop(Top top) => top;

    /// <summary>The single top of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <exception cref="InvalidOperationException">It has no top, or several.</exception>
    public static Bottoms FromLayerSpec(LayerSpec layer) => layer;

    /// <inheritdoc/>
    public IEnumerator<Top> GetEnumerator() => Tops.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
