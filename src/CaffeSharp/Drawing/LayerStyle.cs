using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>How a layer looks. Colours by the kind of layer, as pycaffe's draw.py has them, paler so that text on them is
/// read easily.</summary>
/// <param name="Fill">The colour of its box.</param>
/// <param name="Borders">How many lines are around it.</param>
internal readonly record struct LayerStyle(string Fill, int Borders)
{
    private const string Convolution = "#FFA3A3";
    private const string Pooling = "#FFC266";
    private const string InnerProduct = "#E3A6FF";
    private const string InPlace = "#B5F0B5";
    private const string Source = "#B8E6E1";
    private const string Loss = "#FFE066";
    private const string Other = "#AFC6F5";

    internal static LayerStyle Of(LayerParameter layer)
    {
        string fill = layer.Type switch
        {
            _ when IsLoss(layer) => Loss,
            _ when IsInPlace(layer) => InPlace,
            _ when layer.Bottom.Count == 0 => Source,
            "Convolution" or "Deconvolution" => Convolution,
            "Pooling" => Pooling,
            "InnerProduct" => InnerProduct,
            _ => Other,
        };
        return new(fill, IsLoss(layer) ? 2 : 1);
    }

    /// <summary>Whether training makes the layer's value small: one of Caffe's losses, or a layer with a loss weight.</summary>
    internal static bool IsLoss(LayerParameter layer) =>
        layer.LossWeight.Count > 0
            ? layer.LossWeight.Any(weight => weight != 0)
            : layer.Type.EndsWith("Loss", StringComparison.Ordinal);

    /// <summary>Whether the layer writes over the one blob that it reads.</summary>
    internal static bool IsInPlace(LayerParameter layer) =>
        layer.Bottom.Count == 1 && layer.Top.Count == 1 && layer.Bottom[0] == layer.Top[0];
}
