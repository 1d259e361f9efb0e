namespace CaffeSharp.Imaging;

/// <summary>Runs any number of images through a net of one input, a batch at a time: what Classifier and Detector
/// share.</summary>
internal sealed class ImageBatches
{
    private readonly Blob _input;
    private readonly Blob _output;

    /// <exception cref="ArgumentException">The net has not just one input, or no output, or settings do not fit.</exception>
    internal ImageBatches(Net net, TransformerSettings settings)
    {
        if (net.Inputs.Count != 1)
        {
            throw new ArgumentException(
                net.Inputs.Count == 0
                    ? $"Net '{net.Name}' has no input to set images in: take its deploy definition, which begins with an Input layer."
                    : $"Net '{net.Name}' has {net.Inputs.Count} inputs ({string.Join(", ", net.Inputs.Names)}), and images are one.",
                nameof(net));
        }

        if (net.Outputs.Count == 0)
        {
            throw new ArgumentException($"Net '{net.Name}' has no output.", nameof(net));
        }

        Net = net;
        _input = net.Inputs[0];
        _output = net.Outputs[0];
        Transformer = new(_input, settings);
    }

    internal Net Net { get; }

    internal Transformer Transformer { get; }

    /// <summary>The first output of each image, in their order; images are asked for as they are needed.</summary>
    internal List<float[]> Run(IEnumerable<FloatImage> images, CancellationToken cancellationToken)
    {
        int batch = CheckedBatch();
        List<float[]> predictions = [];
        int filled = 0;
        foreach (FloatImage image in images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Transformer.Preprocess(image, _input.MutableData.Span.Slice(filled * Transformer.Count, Transformer.Count));
            if (++filled == batch)
            {
                Forward(filled, batch, predictions, cancellationToken);
                filled = 0;
            }
        }

        if (filled > 0)
        {
            _input.MutableData.Span[(filled * Transformer.Count)..].Clear();
            Forward(filled, batch, predictions, cancellationToken);
        }

        return predictions;
    }

    private void Forward(int filled, int batch, List<float[]> predictions, CancellationToken cancellationToken)
    {
        Net.Forward(cancellationToken);
        if (_output.Axes == 0 || _output.Dimension(0) != batch)
        {
            throw new InvalidOperationException(
                $"Output '{_output.Name}' ({BlobShape.Describe(_output.Shape)}) of net '{Net.Name}' is not one row per image, of which there are {batch}.");
        }

        int count = _output.Count / batch;
        for (int row = 0; row < filled; row++)
        {
            predictions.Add(_output.Data.Span.Slice(row * count, count).ToArray());
        }
    }

    private int CheckedBatch()
    {
        ReadOnlySpan<int> shape = _input.Shape;
        return shape.Length > 1 && shape[1..].SequenceEqual(Transformer.Shape) && shape[0] > 0
            ? shape[0]
            : throw new InvalidOperationException(
                $"Input '{_input.Name}' of net '{Net.Name}' is {BlobShape.Describe(shape)} by now; images are made for " +
                $"{BlobShape.Describe(Transformer.Shape)} each, at least one per batch.");
    }
}
