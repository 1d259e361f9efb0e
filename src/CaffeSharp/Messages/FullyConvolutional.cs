using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>Makes fully connected layers convolutions that compute the same, so that a net runs on inputs of any size: a
/// classifier becomes a map of classes. The way is that of Caffe's net_surgery example.</summary>
public static class FullyConvolutional
{
    private const int Channels = 1;

    /// <summary>Makes every fully connected layer of a net a convolution, with its weights where it has them.</summary>
    /// <param name="net">The net, of any age, which stays as it is.</param>
    /// <param name="suffix">What is added to the names of the layers that changed, so that weights for the old layers are not
    /// taken for theirs.</param>
    /// <returns>The new net.</returns>
    /// <exception cref="CaffeException">Caffe cannot make the net, whose shapes decide the kernels; or a layer's weights do
    /// not fit it (with the layer).</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static NetParameter From(NetParameter net, string suffix = "-conv")
    {
        ArgumentNullException.ThrowIfNull(suffix);
        NetParameter converted = UpgradeProto.Net(net);
        using Net running = Net.FromParameter(converted);
        foreach (LayerParameter layer in converted.Layer)
        {
            if (layer.Type == "InnerProduct" && running.Layers.TryGetValue(layer.Name, out Layer? runningLayer))
            {
                Convert(layer, runningLayer.Bottoms[0].Shape);
                layer.Name += suffix;
            }
        }

        return converted;
    }

    /// <param name="layer">The fully connected layer.</param>
    /// <param name="bottom">The shape of what it reads.</param>
    private static void Convert(LayerParameter layer, ReadOnlySpan<int> bottom)
    {
        InnerProductParameter old = layer.InnerProductParam ?? new();
        int axis = old.Axis < 0 ? old.Axis + bottom.Length : old.Axis;
        if (axis != Channels || bottom.Length is < 2 or > 4)
        {
            throw Refusal(
                layer.Name, $"it multiplies from axis {axis} on of a blob of {bottom.Length} axes; only axis 1 of 2 to 4 will do.");
        }

        int channels = bottom[Channels];
        int[] kernel = [bottom.Length > 2 ? bottom[2] : 1, bottom.Length > 3 ? bottom[3] : 1];
        ConvolutionParameter convolution = new() { NumOutput = old.NumOutput };
        if (kernel[0] == kernel[1])
        {
            convolution.KernelSize.Add((uint)kernel[0]);
        }
        else
        {
            (convolution.KernelH, convolution.KernelW) = ((uint)kernel[0], (uint)kernel[1]);
        }

        if (old.HasBiasTerm)
        {
            convolution.BiasTerm = old.BiasTerm;
        }

        convolution.WeightFiller = old.WeightFiller?.Clone();
        convolution.BiasFiller = old.BiasFiller?.Clone();
        int inputs = channels * kernel[0] * kernel[1];
        int outputs = checked((int)old.NumOutput);
        if (layer.Blobs.Count > 0)
        {
            BlobProto weights = layer.Blobs[0];
            if (weights.Data.Count != (long)inputs * outputs)
            {
                throw Refusal(
                    layer.Name, $"its weights are {weights.Data.Count} values, and {outputs} x {inputs} are required.");
            }

            if (old.Transpose)
            {
                Transpose(weights, inputs, outputs);
            }

            Reshape(weights, outputs, channels, kernel[0], kernel[1]);
        }

        if (layer.Blobs.Count > 1)
        {
            Reshape(layer.Blobs[1], outputs);
        }

        layer.Type = "Convolution";
        layer.InnerProductParam = null;
        layer.ConvolutionParam = convolution;
    }

    private static void Transpose(BlobProto weights, int rows, int columns)
    {
        float[] old = [.. weights.Data];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                weights.Data[(column * rows) + row] = old[(row * columns) + column];
            }
        }
    }

    private static void Reshape(BlobProto blob, params ReadOnlySpan<long> shape)
    {
        blob.ClearNum();
        blob.ClearChannels();
        blob.ClearHeight();
        blob.ClearWidth();
        blob.Shape = Shape.Of(shape);
    }

    private static CaffeException Refusal(string layer, string reason) =>
        new($"Layer '{layer}' cannot be made a convolution: {reason}") { Kind = CaffeErrorKind.Check, LayerName = layer };
}
