using System.Globalization;
using CaffeSharp;

namespace Mtcnn.Training.Layers;

/// <summary>Checks the bottoms and tops of a layer, and throws an exception if the layer does not support them.</summary>
internal static class LayerShape
{
    internal static void Require(ManagedLayer layer, IReadOnlyList<Blob> bottoms, int bottomCount, IReadOnlyList<Blob> tops, int topCount)
    {
        if (bottoms.Count != bottomCount || tops.Count != topCount)
        {
            throw Refuse(layer, string.Create(
                CultureInfo.InvariantCulture, $"has {bottoms.Count} bottoms and {tops.Count} tops; it requires {bottomCount} and {topCount}"));
        }
    }

    internal static void RequireRows(ManagedLayer layer, Blob labels, int rows)
    {
        if (labels.Count != rows)
        {
            throw Refuse(layer, $"gets {Text(labels)}; it requires a label for each of {rows} rows");
        }
    }

    internal static void RequireSameCount(ManagedLayer layer, Blob left, Blob right)
    {
        if (left.Num != right.Num || left.Count != right.Count)
        {
            throw Refuse(layer, $"compares {Text(left)} with {Text(right)}, which has another shape");
        }
    }

    private static string Text(Blob blob) => $"{blob.Name} ({string.Join(" x ", blob.Shape.ToArray())})";

    private static RunException Refuse(ManagedLayer layer, string reason) => new($"Layer '{layer.Name}' ({layer.ClassName}) {reason}.");
}
