using System.Globalization;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Community;

/// <summary>A layer of a fork with parameters and inputs, whose numbers the fork's own code has computed.</summary>
/// <param name="Name">The name of the golden file.</param>
/// <param name="Type">The layer type.</param>
/// <param name="Parameters">The layer's fields in the prototxt.</param>
/// <param name="Shapes">The bottoms' shapes, as "2x3x4x5"; "regions:R" for R regions of two images of 64 x 48 pixels.</param>
/// <param name="HasBackward">Whether the fork computes gradients on the CPU.</param>
/// <param name="Phase">The phase of the net.</param>
internal sealed record ForkCase(
    string Name, string Type, string Parameters, string[] Shapes, bool HasBackward = true, Phase Phase = Phase.Train)
{
    private const string PspFillers =
        "slope_filler { type: 'uniform' min: 0.5 max: 1.5 } bias_filler { type: 'uniform' min: -1 max: 1 }";

    /// <summary>All cases.</summary>
    internal static IReadOnlyList<ForkCase> All { get; } =
    [
        new("roi_pooling_7x7", "ROIPooling", "roi_pooling_param { pooled_h: 7 pooled_w: 7 spatial_scale: 0.25 }", ["2x3x12x16", "regions:6"], HasBackward: false),
        new("roi_pooling_3x2", "ROIPooling", "roi_pooling_param { pooled_h: 3 pooled_w: 2 spatial_scale: 0.125 }", ["2x5x6x8", "regions:9"], HasBackward: false),
        new("psroi_pooling_3", "PSROIPooling", "psroi_pooling_param { spatial_scale: 0.25 output_dim: 2 group_size: 3 }", ["2x18x12x16", "regions:6"]),
        new("psroi_pooling_7", "PSROIPooling", "psroi_pooling_param { spatial_scale: 0.0625 output_dim: 1 group_size: 7 }", ["2x49x3x4", "regions:5"]),
        new("smooth_l1", "SmoothL1Loss", "loss_weight: 1.5", ["4x6", "4x6"]),
        new("smooth_l1_weights", "SmoothL1Loss", "loss_weight: 1 smooth_l1_loss_param { sigma: 3 }", ["3x8x2x2", "3x8x2x2", "3x8x2x2", "3x8x2x2"]),
        new("bn_pspnet_test", "BN", $"bn_param {{ {PspFillers} }}", ["2x3x4x5"], Phase: Phase.Test),
        new("bn_pspnet_train", "BN", $"bn_param {{ {PspFillers} momentum: 0.95 }}", ["2x3x4x5"]),
        new("bn_pspnet_frozen", "BN", $"bn_param {{ {PspFillers} frozen: true eps: 0.001 }}", ["2x3x4x5"]),
        new("interp_zoom", "Interp", "interp_param { zoom_factor: 2 }", ["2x3x5x4"]),
        new("interp_shrink", "Interp", "interp_param { shrink_factor: 2 }", ["1x2x9x7"]),
        new("interp_size", "Interp", "interp_param { height: 7 width: 11 }", ["2x2x5x4"]),
        new("interp_both_cut", "Interp", "interp_param { shrink_factor: 3 zoom_factor: 4 pad_beg: -1 pad_end: -1 }", ["1x2x12x15"]),
        new("interp_same", "Interp", "interp_param { height: 5 width: 4 }", ["1x2x5x4"]),
        new("permute_0231", "Permute", "permute_param { order: 0 order: 2 order: 3 order: 1 }", ["2x3x4x5"]),
        new("permute_short", "Permute", "permute_param { order: 1 }", ["2x3x4"]),
        new("normalize_channels", "Normalize", "norm_param { across_spatial: false channel_shared: false scale_filler { type: 'uniform' min: 5 max: 20 } }", ["2x4x3x5"]),
        new("normalize_shared", "Normalize", "norm_param { across_spatial: false scale_filler { value: 20 } }", ["2x4x3x5"]),
        new("normalize_spatial", "Normalize", "norm_param { across_spatial: true channel_shared: false }", ["2x4x3x5"]),
        new("prior_box", "PriorBox", "prior_box_param { min_size: 30.7 max_size: 60.2 aspect_ratio: 2 aspect_ratio: 3 flip: true clip: false variance: 0.1 variance: 0.1 variance: 0.2 variance: 0.2 }", ["1x1x3x4", "1x3x60x90"], HasBackward: false),
        new("prior_box_steps", "PriorBox", "prior_box_param { min_size: 20 min_size: 45 aspect_ratio: 2 flip: false clip: true step: 16 offset: 0.3 img_size: 100 variance: 0.15 }", ["1x1x5x5", "1x3x60x90"], HasBackward: false),
        new("axpy", "Axpy", string.Empty, ["2x3x1x1", "2x3x4x5", "2x3x4x5"]),
        new("shuffle_channel", "ShuffleChannel", "shuffle_channel_param { group: 3 }", ["2x12x3x2"]),
    ];

    /// <summary>The net of this layer, its inputs and parameters filled, after a forward pass and a backward pass if there is one.</summary>
    internal Net Run()
    {
        string inputs = string.Concat(Shapes.Select((shape, index) => Input($"in{index}", shape)));
        string bottoms = string.Concat(Shapes.Select((_, index) => $" bottom: 'in{index}'"));
        Net net = Net.FromText(
            $"force_backward: {(HasBackward ? "true" : "false")} {inputs} layer {{ name: 'layer' type: '{Type}'{bottoms} top: 'out' {Parameters} }}",
            new NetOptions { Phase = Phase, Seed = 3 });
        for (int index = 0; index < Shapes.Length; index++)
        {
            Fill(net.Blobs[$"in{index}"], Shapes[index], index);
        }

        net.Forward();
        if (HasBackward)
        {
            if (!Type.EndsWith("Loss", StringComparison.Ordinal))
            {
                Random random = new(17);
                foreach (ref float value in net.Blobs["out"].MutableDiff.Span)
                {
                    value = (2 * random.NextSingle()) - 1;
                }
            }

            net.Backward();
        }

        return net;
    }

    private static string Input(string name, string shape)
    {
        string[] lengths = shape.StartsWith("regions:", StringComparison.Ordinal) ? [shape[8..], "5"] : shape.Split('x');
        return $"layer {{ name: '{name}' type: 'Input' top: '{name}' input_param {{ shape {{ {string.Concat(lengths.Select(length => $"dim: {length} "))}}} }} }} ";
    }

    private static void Fill(Blob blob, string shape, int index)
    {
        if (!shape.StartsWith("regions:", StringComparison.Ordinal))
        {
            RandomBlobs.Fill(blob, seed: 5 + index);
            return;
        }

        Random random = new(11);
        Span<float> values = blob.MutableData.Span;
        for (int region = 0; region < int.Parse(shape[8..], CultureInfo.InvariantCulture); region++)
        {
            // Some leave the image; one is a single pixel.
            float left = (random.NextSingle() * 60) - 5, top = (random.NextSingle() * 44) - 5;
            (float width, float height) = region == 2 ? (0, 0) : (random.NextSingle() * 40, random.NextSingle() * 30);
            new[] { region % 2, left, top, left + width, top + height }.CopyTo(values[(region * 5)..]);
        }
    }
}
