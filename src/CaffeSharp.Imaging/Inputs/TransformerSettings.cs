using System.Numerics.Tensors;

namespace CaffeSharp.Imaging;

/// <summary>How an image becomes the input of a net, step by step in the order of these members.</summary>
public sealed record TransformerSettings
{
    /// <summary>Which axis of the image (0 rows, 1 columns, 2 channels) each axis of the input is, after the batch's.
    /// [2, 0, 1], the default, makes channels x height x width; null leaves height x width x channels.</summary>
    public IReadOnlyList<int>? Transpose { get; init; } = [2, 0, 1];

    /// <summary>Which channel of the image each channel of the input is: [2, 1, 0] makes BGR of RGB. Channels are the
    /// input's first axis, after the transposition. Null leaves their order.</summary>
    public IReadOnlyList<int>? ChannelSwap { get; init; }

    /// <summary>What values are multiplied by before the mean is subtracted: 255 for nets that were trained on 0 to 255.
    /// Null for 1.</summary>
    public float? RawScale { get; init; }

    /// <summary>What is subtracted: a value per channel (shape C), or an image in the input's layout (C x H x W, or H x W for
    /// all channels), which is resized where its size is another. Null for nothing.</summary>
    public Tensor<float>? Mean { get; init; }

    /// <summary>What values are multiplied by in the end. Null for 1.</summary>
    public float? InputScale { get; init; }
}
