namespace CaffeSharp.Onnx;

/// <summary>How a net is exported to ONNX.</summary>
public sealed record OnnxExportOptions
{
    private readonly IReadOnlyList<string> _outputs = [];

    /// <summary>Whether the first axis of every input may have any length ("batch"); true unless said otherwise. Else it has the
    /// length that it has in the net now.</summary>
    public bool DynamicBatch { get; init; } = true;

    /// <summary>Whether the last two axes of inputs of four axes may have any length ("height", "width"), which takes a fully
    /// convolutional net; false unless said otherwise.</summary>
    public bool DynamicSize { get; init; }

    /// <summary>The blobs that the model gives; none, the default, for those that no exported layer reads. Layers that they do
    /// not need are left out: so a net is exported up to a layer that ONNX has no counterpart of.</summary>
    /// <exception cref="ArgumentException">One is null or empty.</exception>
    public IReadOnlyList<string> Outputs
    {
        get => _outputs;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (string blob in value)
            {
                ArgumentException.ThrowIfNullOrEmpty(blob, nameof(value));
            }

            _outputs = [.. value.Distinct()];
        }
    }
}
