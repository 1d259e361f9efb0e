using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>How the coordinates of one blob lie in another: coordinate x of the one is scale * x + shift of the other, along
/// the spatial axes. Found from a specification, by the rules of pycaffe's coord_map.py. It does not change.</summary>
public sealed class CoordinateMap
{
    private static readonly HashSet<string> s_pointwise = new(StringComparer.Ordinal)
    {
        "AbsVal", "BatchNorm", "Bias", "BNLL", "Dropout", "Eltwise", "ELU", "Log", "LRN", "Exp", "MVN", "Power", "ReLU", "PReLU",
        "Scale", "Sigmoid", "Split", "TanH", "Threshold",
    };

    private static readonly CoordinateMap s_identity = new(null, [1], [0]);

    private readonly double[] _scale;
    private readonly double[] _shift;

    private CoordinateMap(int? axis, double[] scale, double[] shift)
    {
        Axis = axis;
        _scale = scale;
        _shift = shift;
    }

    /// <summary>The axis before the first spatial one; null if no layer on the way cares for axes.</summary>
    public int? Axis { get; }

    /// <summary>The scale: one for all spatial axes, or one each.</summary>
    public IReadOnlyList<double> Scale => _scale;

    /// <summary>The shift: one for all spatial axes, or one each.</summary>
    public IReadOnlyList<double> Shift => _shift;

    /// <summary>Finds how the coordinates of one top lie in another, by way of a top from which both come.</summary>
    /// <param name="from">The top whose coordinates are given.</param>
    /// <param name="to">The top in which they are required.</param>
    /// <exception cref="CaffeException">No layers with a known map lead from a common top to both, or they work along
    /// different axes.</exception>
    public static CoordinateMap Between(Top from, Top to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        Dictionary<Top, CoordinateMap> toAncestors = Ancestors(from, _ => false);
        Top? common = null;
        Dictionary<Top, CoordinateMap> maps = Ancestors(to, top =>
        {
            common ??= toAncestors.ContainsKey(top) ? top : null;
            return common is not null;
        });
        return common is null
            ? throw Refusal(
                $"No spatial layers lead from a common top to the layers of the types {from.Layer.Type} and {to.Layer.Type}, so " +
                "that there is no map between their coordinates.")
            : maps[common].Then(toAncestors[common].Inverse());
    }

    /// <summary>Specifies a Crop layer that cuts one top to the place and size of another.</summary>
    /// <param name="top">The top to cut.</param>
    /// <param name="reference">The top to which it is cut.</param>
    /// <exception cref="CaffeException">There is no map between their coordinates, their scales differ, or the offset is
    /// negative or no whole number.</exception>
    public static LayerSpec Crop(Top top, Top reference)
    {
        CoordinateMap map = Between(top, reference);
        if (map.Scale.Any(scale => scale != 1))
        {
            throw Refusal($"A crop cannot change the scale, which is {Shown(map._scale)}.");
        }

        if (map.Shift.Any(shift => shift > 0))
        {
            throw Refusal($"A crop cannot start before its bottom does: the offset would be {Shown(Negative(map._shift))}.");
        }

        if (map.Shift.Any(shift => Math.Round(shift) != shift))
        {
            throw Refusal($"A crop cannot start between two elements: the offset would be {Shown(Negative(map._shift))}.");
        }

        CropParameter crop = new() { Offset = { map.Shift.Select(shift => (uint)-shift) } };
        if (map.Axis is { } axis)
        {
            crop.Axis = axis + 1;
        }

        return L.Layer("Crop", [top, reference], new() { CropParam = crop });
    }

    /// <summary>The maps of a top and all those it comes from, until the caller stops.</summary>
    private static Dictionary<Top, CoordinateMap> Ancestors(Top start, Func<Top, bool> stop)
    {
        Dictionary<Top, CoordinateMap> maps = new() { [start] = s_identity };
        Stack<Top> frontier = new([start]);
        while (frontier.TryPop(out Top? top))
        {
            if (stop(top))
            {
                break;
            }

            // The second bottom of a crop gives a size alone.
            IEnumerable<Top> bottoms = top.Layer.Type == "Crop" ? top.Layer.Bottoms.Take(1) : top.Layer.Bottoms;
            if (Of(top.Layer) is not { } map)
            {
                continue;
            }

            foreach (Top bottom in bottoms)
            {
                // Every way from a top to another has the same map, or the net would not fit together.
                if (maps.TryAdd(bottom, maps[top].Then(map)))
                {
                    frontier.Push(bottom);
                }
            }
        }

        return maps;
    }

    /// <summary>A layer's own map; null if it has none.</summary>
    private static CoordinateMap? Of(LayerSpec layer)
    {
        if (s_pointwise.Contains(layer.Type))
        {
            return s_identity;
        }

        switch (layer.Type)
        {
            case "Convolution" or "Im2col" or "Pooling":
                SlidingWindow window = SlidingWindow.Of(layer);
                return new(
                    window.Axis,
                    Combine([1], window.Stride, (one, stride) => one / stride),
                    Combine(window.Border, window.Stride, (border, stride) => border / stride));
            case "Deconvolution":
                SlidingWindow spread = SlidingWindow.Of(layer);
                return new(spread.Axis, spread.Stride, Negative(spread.Border));
            case "Crop":
                CropParameter crop = layer.Fields.CropParam ?? new();
                double[] offset = crop.Offset.Count > 0 ? [.. crop.Offset.Select(value => (double)value)] : [0];
                return new(crop.Axis - 1, [1], Negative(offset));
            default:
                return null;
        }
    }

    private static double[] Negative(double[] values) => Array.ConvertAll(values, value => 0 - value);

    private static double[] Combine(double[] left, double[] right, Func<double, double, double> combine)
    {
        int length = Math.Max(left.Length, right.Length);
        return (left.Length == length || left.Length == 1) && (right.Length == length || right.Length == 1)
            ? [.. Enumerable.Range(0, length).Select(
                at => combine(left[left.Length == 1 ? 0 : at], right[right.Length == 1 ? 0 : at]))]
            : throw Refusal($"{left.Length} and {right.Length} spatial axes do not go together.");
    }

    private static string Shown(double[] values) => string.Join(", ", values);

    private static CaffeException Refusal(string message) => new(message) { Kind = CaffeErrorKind.Check };

    /// <summary>This map after another one that lies below it.</summary>
    private CoordinateMap Then(CoordinateMap next)
    {
        if (Axis is { } axis && next.Axis is { } other && axis != other)
        {
            throw Refusal($"Layers that slide after axis {axis} and after axis {other} have no common coordinates.");
        }

        return new(
            Axis ?? next.Axis,
            Combine(_scale, next._scale, (outer, inner) => outer * inner),
            Combine(Combine(_scale, next._shift, (outer, inner) => outer * inner), _shift, (inner, outer) => inner + outer));
    }

    private CoordinateMap Inverse() => new(
        Axis,
        Combine([1], _scale, (one, scale) => one / scale),
        Combine(Negative(_shift), _scale, (shift, scale) => shift / scale));
}
