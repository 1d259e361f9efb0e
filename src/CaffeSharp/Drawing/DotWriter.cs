using System.Globalization;
using System.Text;
using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>A net in Graphviz's language: a box for each layer, an octagon for each blob, and between them arrows the way the
/// data goes. A layer that writes over its blob hangs on it by an arrow with two heads.</summary>
internal sealed class DotWriter
{
    private const string Font = "Helvetica,Arial,DejaVu Sans,sans-serif";
    private const string Blob = "#E8E8E8";

    // Drawn straighter than the arrows to what hangs on a blob.
    private const string MainEdge = " [weight=4]";

    private readonly DrawnNet _net;
    private readonly NetDrawingOptions _options;
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, string> _blobs = new(StringComparer.Ordinal);

    private DotWriter(DrawnNet net, NetDrawingOptions options)
    {
        _net = net;
        _options = options;
    }

    private bool IsHorizontal => _options.Direction is DrawingDirection.LeftToRight or DrawingDirection.RightToLeft;

    internal static string Write(DrawnNet net, NetDrawingOptions options)
    {
        DotWriter writer = new(net, options);
        writer.WriteGraph();
        return writer._text.ToString();
    }

    private void WriteGraph()
    {
        string title = _net.Name.Length > 0 ? _net.Name : "Net";
        string direction = _options.Direction switch
        {
            DrawingDirection.LeftToRight => "LR",
            DrawingDirection.RightToLeft => "RL",
            DrawingDirection.TopToBottom => "TB",
            _ => "BT",
        };
        Line($"digraph {DotText.Quoted(title)} {{");
        Line($"  graph [rankdir={direction}, label=<<B>{DotText.Html(title)}</B>>, labelloc=t, fontname=\"{Font}\", fontsize=18, ranksep=0.35, nodesep=0.25];");
        Line($"  node [fontname=\"{Font}\", fontsize=12, style=filled, color=\"#404040\"];");
        Line($"  edge [fontname=\"{Font}\", fontsize=10, color=\"#606060\", arrowsize=0.7];");
        for (int index = 0; index < _net.Layers.Count; index++)
        {
            WriteLayer(_net.Layers[index], $"layer{index.ToString(CultureInfo.InvariantCulture)}");
        }

        Line("}");
    }

    private void WriteLayer(LayerParameter layer, string node)
    {
        LayerStyle style = LayerStyle.Of(layer);
        string shape = LayerStyle.IsInPlace(layer) ? "box, style=\"filled,rounded\"" : "box";
        Line($"  {node} [shape={shape}, fillcolor=\"{style.Fill}\", peripheries={style.Borders}, label=<{Label(layer)}>];");
        foreach (string bottom in layer.Bottom.Distinct())
        {
            bool isInPlace = layer.Top.Contains(bottom);
            Line($"  {BlobNode(bottom)} -> {node}{(isInPlace ? $" [dir=both{Order(layer, bottom)}]" : MainEdge)};");
        }

        foreach (string top in layer.Top.Distinct().Where(top => !layer.Bottom.Contains(top)))
        {
            Line($"  {node} -> {BlobNode(top)}{MainEdge};");
        }
    }

    /// <summary>Of several layers that write over one blob, which comes first.</summary>
    private string Order(LayerParameter layer, string blob)
    {
        LayerParameter[] over = [.. _net.Layers.Where(other => other.Bottom.Contains(blob) && other.Top.Contains(blob))];
        return over.Length > 1
            ? string.Create(CultureInfo.InvariantCulture, $", label=\" {Array.IndexOf(over, layer) + 1} \"")
            : string.Empty;
    }

    private string Label(LayerParameter layer)
    {
        StringBuilder label = new();
        label.Append(CultureInfo.InvariantCulture, $"<B>{DotText.Html(layer.Name.Length > 0 ? layer.Name : "(no name)")}</B>");
        label.Append(CultureInfo.InvariantCulture, $"<BR/>{DotText.Html(LayerDescription.Type(layer))}");
        string rules = NetRules.Describe(layer);
        if (_options.Phase is null && rules.Length > 0)
        {
            label.Append(CultureInfo.InvariantCulture, $"<BR/><I>{DotText.Html(rules)}</I>");
        }

        foreach (string line in Wrapped(LayerDescription.Parameters(layer, _options.ShowLearningRates)))
        {
            label.Append(CultureInfo.InvariantCulture, $"<BR/><FONT POINT-SIZE=\"10\">{DotText.Html(line)}</FONT>");
        }

        return label.ToString();
    }

    /// <summary>Items as lines: where layers run sideways there is room below, else beside.</summary>
    private IEnumerable<string> Wrapped(IReadOnlyList<string> items)
    {
        int width = IsHorizontal ? 20 : 36;
        string line = string.Empty;
        foreach (string item in items)
        {
            if (line.Length > 0 && line.Length + 2 + item.Length > width)
            {
                yield return line;
                line = string.Empty;
            }

            line = line.Length > 0 ? $"{line}, {item}" : item;
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }

    private string BlobNode(string blob)
    {
        if (!_blobs.TryGetValue(blob, out string? node))
        {
            node = string.Create(CultureInfo.InvariantCulture, $"blob{_blobs.Count}");
            _blobs.Add(blob, node);
            string shape = _net.Shapes.TryGetValue(blob, out string? known) ? $"<BR/><FONT POINT-SIZE=\"10\">{known}</FONT>" : string.Empty;
            Line($"  {node} [shape=octagon, fillcolor=\"{Blob}\", margin=\"0.06,0.02\", label=<{DotText.Html(blob)}{shape}>];");
        }

        return node;
    }

    private void Line(string line) => _text.Append(line).Append('\n');
}
