using CaffeSharp;

namespace Mtcnn.Cli.Inspect;

/// <summary>The layers of a net that Caffe has made.</summary>
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

    // Each weight of a convolution is used once a pixel of a channel that comes out (of a deconvolution: goes in), each of
    // an inner product once a row.
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
