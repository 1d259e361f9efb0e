namespace CaffeSharp.Onnx;

/// <summary>How each type of layer becomes operators.</summary>
internal static class LayerConverters
{
    /// <summary>Puts a layer's operators into the graph.</summary>
    /// <returns>Its tops.</returns>
    private delegate IReadOnlyList<OnnxValue> Converter(OnnxLayer layer);

    private static readonly Dictionary<string, Converter> s_converters = new(StringComparer.Ordinal)
    {
        ["AbsVal"] = layer => ActivationLayers.Plain(layer, "Abs"),
        ["ArgMax"] = ArgMaxLayer.Convert,
        ["BatchNorm"] = NormalizationLayers.BatchNorm,
        ["BatchReindex"] = LookupLayers.BatchReindex,
        ["Bias"] = ScaleLayers.Bias,
        ["BNLL"] = layer => ActivationLayers.Plain(layer, "Softplus"),
        ["Clip"] = ActivationLayers.Clip,
        ["Concat"] = JoinLayers.Concat,
        ["Convolution"] = ConvolutionLayers.Convolution,
        ["Crop"] = CropLayer.Convert,
        ["Deconvolution"] = ConvolutionLayers.Deconvolution,
        ["Dropout"] = ActivationLayers.Dropout,
        ["Eltwise"] = JoinLayers.Eltwise,
        ["ELU"] = ActivationLayers.Elu,
        ["Embed"] = LookupLayers.Embed,
        ["Exp"] = ActivationLayers.Exp,
        ["Flatten"] = ShapeLayers.Flatten,
        ["InnerProduct"] = InnerProductLayer.Convert,
        ["Log"] = ActivationLayers.Log,
        ["LRN"] = NormalizationLayers.Lrn,
        ["MVN"] = NormalizationLayers.Mvn,
        ["Parameter"] = LookupLayers.Parameter,
        ["Pooling"] = PoolingLayers.Pooling,
        ["Power"] = ActivationLayers.Power,
        ["PReLU"] = ActivationLayers.PRelu,
        ["Reduction"] = ReductionLayer.Convert,
        ["ReLU"] = ActivationLayers.Relu,
        ["Reshape"] = ShapeLayers.Reshape,
        ["Scale"] = ScaleLayers.Scale,
        ["Sigmoid"] = layer => ActivationLayers.Plain(layer, "Sigmoid"),
        ["Slice"] = SliceLayer.Convert,
        ["Softmax"] = NormalizationLayers.Softmax,
        ["Split"] = layer => [.. Enumerable.Repeat(layer.Bottom, layer.TopCount)],
        ["SPP"] = PoolingLayers.SpatialPyramid,
        ["Swish"] = ActivationLayers.Swish,
        ["TanH"] = layer => ActivationLayers.Plain(layer, "Tanh"),
        ["Threshold"] = ActivationLayers.Threshold,
        ["Tile"] = ShapeLayers.Tile,
    };

    internal static IReadOnlyList<OnnxValue> Convert(OnnxLayer layer) =>
        s_converters.TryGetValue(layer.Type, out Converter? converter)
            ? converter(layer)
            : throw layer.Refusal("has no counterpart there");
}
