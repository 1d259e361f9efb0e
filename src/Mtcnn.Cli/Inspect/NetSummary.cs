using CaffeSharp;

namespace Mtcnn.Cli.Inspect;

/// <summary>Summarizes the layers of a net that Caffe created.</summary>
internal static class NetSummary
{
    public static IReadOnlyList<LayerSummary> Of(Net net) => [.. net.Layers.Select(Of)];

    private static LayerSummary Of(Layer layer) => new(
        layer.Name,
        layer.Type,
        layer.BottomNames,
        layer.TopNames,
        [.. layer.Tops.Select(ShapeOf)],
        [.. layer.Parameters.Select(ShapeOf)],
        MultiplyAdds(layer));

    // Each weight of a convolution is used once per pixel of an output channel (of a deconvolution: input channel), each weight of
    // an inner product once per row.
    private static long? MultiplyAdds(Layer layer) => layer.Type switch
    {
        "Convolution" => layer.Tops.Sum(top => top.Count / top.Dimension(1) * (long)layer.Parameters[0].Count),
        "Deconvolution" => layer.Bottoms.Sum(bottom => bottom.Count / bottom.Dimension(1) * (long)layer.Parameters[0].Count),
        "InnerProduct" => layer.Tops[0].Count / layer.Tops[0].Dimension(-1) * (long)layer.Parameters[0].Count,
        _ => null,
    };

    private static long[] ShapeOf(Blob blob)
    {
        long[] shape = new long[blob.Axes];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            shape[axis] = blob.Dimension(axis);
        }

        return shape;
    }
}
