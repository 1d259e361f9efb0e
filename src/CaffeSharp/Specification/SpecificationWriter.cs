using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>Writes the layers of a specification into a net, each once and after those it reads, and makes the names that
/// nobody gave, as pycaffe's net_spec.py makes them.</summary>
internal sealed class SpecificationWriter
{
    // By top, or by layer if it has none.
    private readonly Dictionary<object, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<LayerSpec, LayerParameter> _written = new(ReferenceEqualityComparer.Instance);

    internal NetParameter Net { get; } = new();

    internal void Name(object topOrLayer, string name) => _names[topOrLayer] = name;

    internal void Write(LayerSpec layer)
    {
        if (_written.ContainsKey(layer))
        {
            return;
        }

        LayerParameter written = new() { Type = layer.Type };
        foreach (Top bottom in layer.Bottoms)
        {
            Write(bottom.Layer);
            written.Bottom.Add(_written[bottom.Layer].Top[bottom.Index]);
        }

        if (layer.InPlace)
        {
            written.Top.Add(written.Bottom);
        }
        else
        {
            written.Top.Add(layer.Tops.Select(top => NameOf(top, layer.Type)));
        }

        written.Name = NameOf(layer.NameBearer, layer.Type);
        written.MergeFrom(layer.Fields);
        _written.Add(layer, written);
        Net.Layer.Add(written);
    }

    private string NameOf(object topOrLayer, string type)
    {
        if (!_names.TryGetValue(topOrLayer, out string? name))
        {
            _numbers[type] = _numbers.GetValueOrDefault(type) + 1;
            name = $"{type}{_numbers[type]}";
            _names.Add(topOrLayer, name);
        }

        return name;
    }
}
