using System.Globalization;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Community;

/// <summary>A layer of a fork with parameters and inputs, whose numbers the fork's own code has computed.</summary>
/// <param name="Name">The name of the golden file.</param>
/// <param name="Type">The layer type.</param>
/// <param name="Parameters">The layer's fields in the prototxt.</param>
/// <param name="Shapes">The bottoms' shapes, as "2x3x4x5"; "regions:R" for R regions of two images of 64 x 48 pixels; "labels:S:C" for
/// labels of C classes in the shape S; "mask:S:HxW" for different places in maps of H x W; "scores:S" for values between 0 and 1 in the shape S; "priors:N" for N boxes and their variances.</param>
/// <param name="HasBackward">Whether the fork computes gradients on the CPU.</param>
/// <param name="Phase">The phase of the net.</param>
/// <param name="Tops">The number of tops.</param>
/// <param name="Gradients">The number of bottoms that have a gradient; all of them if it is below 0.</param>
internal sealed record ForkCase(
    string Name, string Type, string Parameters, string[] Shapes, bool HasBackward = true, Phase Phase = Phase.Train, int Tops = 1,
    int Gradients = -1)
{
    private const string PspFillers =
        "slope_filler { type: 'uniform' min: 0.5 max: 1.5 } bias_filler { type: 'uniform' min: -1 max: 1 }";

    private const string SegnetFillers = "scale_filler { type: 'uniform' min: 0.5 max: 1.5 } shift_filler { type: 'uniform' min: -1 max: 1 }";

    private static readonly float[] s_variances = [0.1f, 0.1f, 0.2f, 0.2f];

    /// <summary>All cases.</summary>
    internal static IReadOnlyList<ForkCase> All { get; } =
    [
        new("roi_pooling_7x7", "ROIPooling", "roi_pooling_param { pooled_h: 7 pooled_w: 7 spatial_scale: 0.25 }", ["2x3x12x16", "regions:6"], HasBackward: false),
        new("roi_pooling_3x2", "ROIPooling", "roi_pooling_param { pooled_h: 3 pooled_w: 2 spatial_scale: 0.125 }", ["2x5x6x8", "regions:9"], HasBackward: false),
        new("psroi_pooling_3", "PSROIPooling", "psroi_pooling_param { spatial_scale: 0.25 output_dim: 2 group_size: 3 }", ["2x18x12x16", "regions:6"], Gradients: 1),
        new("psroi_pooling_7", "PSROIPooling", "psroi_pooling_param { spatial_scale: 0.0625 output_dim: 1 group_size: 7 }", ["2x49x3x4", "regions:5"], Gradients: 1),
        new("smooth_l1", "SmoothL1Loss", "loss_weight: 1.5", ["4x6", "4x6"]),
        new("smooth_l1_weights", "SmoothL1Loss", "loss_weight: 1 smooth_l1_loss_param { sigma: 3 }", ["3x8x2x2", "3x8x2x2", "3x8x2x2", "3x8x2x2"], Gradients: 2),
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
        new("selu", "SeLU", string.Empty, ["2x3x4x5"]),
        new("selu_parameters", "SeLU", "selu_param { lambda: 1.2 alpha: 0.7 }", ["2x3x4x5"]),
        new("selu_dropout", "SeLUDropout", "selu_dropout_param { dropout_ratio: 0.3 }", ["2x3x4x5"]),
        new("selu_dropout_test", "SeLUDropout", "selu_dropout_param { dropout_ratio: 0.3 }", ["2x3x4x5"], Phase: Phase.Test),
        new("mish", "Mish", string.Empty, ["2x3x4x5"], HasBackward: false),
        new("hard_swish", "HardSwish", string.Empty, ["2x3x4x5"], HasBackward: false),
        new("hard_sigmoid", "HardSigmoid", "hard_sigmoid_param { alpha: 0.8 beta: 0.4 }", ["2x3x4x5"], HasBackward: false),
        new("relu6", "ReLU6", string.Empty, ["2x3x4x5"]),
        new("relu6_slope", "ReLU6", "relu6_param { negative_slope: 0.1 }", ["2x3x4x5"]),
        new("reorg", "Reorg", "reorg_param { stride: 2 }", ["2x8x4x6"], HasBackward: false),
        new("reorg_reverse", "Reorg", "reorg_param { stride: 2 reverse: true }", ["2x8x2x3"], HasBackward: false),
        new("transpose", "Transpose", "transpose_param { dim: 3 dim: 0 dim: 2 dim: 1 }", ["2x3x4x5"]),
        new("reverse", "Reverse", "reverse_param { axis: 0 }", ["5x2x3"]),
        new("lstm", "Lstm", "lstm_param { num_output: 4 weight_filler { type: 'uniform' min: -0.5 max: 0.5 } bias_filler { type: 'uniform' min: -0.2 max: 0.2 } }", ["5x3x6"]),
        new("lstm_clipped", "Lstm", "lstm_param { num_output: 4 clipping_threshold: 0.05 weight_filler { type: 'uniform' min: -0.5 max: 0.5 } }", ["4x2x3"]),
        new("lstm_indicators", "Lstm", "lstm_param { num_output: 4 weight_filler { type: 'uniform' min: -0.5 max: 0.5 } }", ["5x1x6", "labels:5:2"], Gradients: 1),
        new("margin_single", "MarginInnerProduct", MarginOf("SINGLE"), ["6x7", "labels:6:5"], Tops: 2, Gradients: 1),
        new("margin_double", "MarginInnerProduct", MarginOf("DOUBLE"), ["6x7", "labels:6:5"], Tops: 2, Gradients: 1),
        new("margin_triple", "MarginInnerProduct", MarginOf("TRIPLE"), ["6x7", "labels:6:5"], Tops: 2, Gradients: 1),
        new("margin_quadruple", "MarginInnerProduct", MarginOf("QUADRUPLE"), ["6x7", "labels:6:5"], Tops: 2, Gradients: 1),
        new("center_loss", "CenterLoss", "loss_weight: 0.5 center_loss_param { num_output: 4 center_filler { type: 'uniform' min: -1 max: 1 } }", ["7x5", "labels:7:4"], Gradients: 1),
        new("focal_loss", "FocalLoss", "focal_loss_param { gamma: 2 }", ["3x4x2x5", "labels:3x1x2x5:4"], Gradients: 1),
        new("focal_loss_ignoring", "FocalLoss", "focal_loss_param { gamma: 1.5 } loss_param { ignore_label: 1 normalization: BATCH_SIZE }", ["3x4x2x5", "labels:3x1x2x5:4"], Gradients: 1),
        new("focal_loss_added", "FocalLoss", "focal_loss_param { type: ONEADDP gamma: 2 }", ["3x4", "labels:3:4"], Gradients: 1),
        new("triplet_loss", "TripletLoss", "triplet_loss_param { margin: 0.3 }", ["6x5x1x1", "6x5x1x1", "6x5x1x1"]),
        new("dice_coef_loss", "DiceCoefLoss", "loss_weight: 0.5", ["scores:2x1x4x5", "scores:2x1x4x5"]),
        new("box_annotator_ohem", "BoxAnnotatorOHEM", "box_annotator_ohem_param { roi_per_img: 2 }", ["regions:7", "scores:7x1x1x1", "labels:7x1x1x1:3", "7x8x1x1"], HasBackward: false, Tops: 2),
        new("smooth_l1_loss_ohem", "SmoothL1LossOHEM", "loss_weight: 1 loss_weight: 0 loss_param { normalization: PRE_FIXED pre_fixed_normalizer: 3 }", ["5x8x1x1", "5x8x1x1", "5x8x1x1"], Tops: 2, Gradients: 2),
        new("smooth_l1_loss_ohem_maps", "SmoothL1LossOHEM", "loss_weight: 1.5 loss_weight: 0", ["2x4x3x2", "2x4x3x2"], Tops: 2, Gradients: 2),
        new("softmax_loss_ohem", "SoftmaxWithLossOHEM", "loss_weight: 1 loss_weight: 0 loss_weight: 0", ["5x4x1x1", "labels:5x1x1x1:4"], Tops: 3, Gradients: 1),
        new("softmax_loss_ohem_ignoring", "SoftmaxWithLossOHEM", "loss_param { ignore_label: 2 normalization: VALID }", ["2x4x3x2", "labels:2x1x3x2:4"], Gradients: 1),
        new("im_resize", "ImResize", "imresize_param { factor: 4 }", ["1x3x6x8"], HasBackward: false),
        new("im_resize_scales", "ImResize", "imresize_param { target_spatial_width: 40 target_spatial_height: 31 start_scale: 1 scale_gap: 0.3 }", ["3x2x10x12"], HasBackward: false),
        new("nms", "Nms", "nms_param { threshold: 0.2 max_peaks: 6 num_parts: 2 }", ["1x2x12x12"], HasBackward: false),
        new("bn_segnet_train", "BN", $"bn_param {{ {SegnetFillers} }}", ["2x3x4x5"]),
        new("bn_segnet_inference", "BN", $"bn_param {{ {SegnetFillers} bn_mode: INFERENCE }}", ["2x3x4x5"], Phase: Phase.Test),
        new("upsample", "Upsample", "upsample_param { scale: 2 }", ["2x2x3x4", "mask:2x2x3x4:6x8"], Gradients: 1),
        new("upsample_padded", "Upsample", "upsample_param { scale: 2 pad_out_h: true pad_out_w: true }", ["1x2x3x4", "mask:1x2x3x4:5x7"], Gradients: 1),
        new("dropout_sampled", "Dropout", "dropout_param { dropout_ratio: 0.4 sample_weights_test: true }", ["2x3x4x5"], Phase: Phase.Test),
        new("dropout_unscaled", "Dropout", "dropout_param { dropout_ratio: 0.4 scale_train: false }", ["2x3x4x5"]),
        new("dropout_unscaled_test", "Dropout", "dropout_param { dropout_ratio: 0.4 scale_train: false }", ["2x3x4x5"], Phase: Phase.Test),
        new("softmax_loss_weights", "SoftmaxWithLoss", "loss_param { weight_by_label_freqs: true normalize: true ignore_label: 3 class_weighting: 0.5 class_weighting: 1.5 class_weighting: 3 class_weighting: 1 }", ["2x4x3x5", "labels:2x1x3x5:4"], Gradients: 1),
        new("detection_output_refined", "DetectionOutput", "detection_output_param { num_classes: 4 code_type: CENTER_SIZE keep_top_k: 12 confidence_threshold: 0.3 objectness_score: 0.4 nms_param { nms_threshold: 0.4 } }", ["2x160", "scores:2x160", "priors:40", "scores:2x80", "2x160"], HasBackward: false, Phase: Phase.Test),
        new("detection_output", "DetectionOutput", "detection_output_param { num_classes: 4 code_type: CENTER_SIZE keep_top_k: 12 confidence_threshold: 0.3 nms_param { nms_threshold: 0.4 top_k: 20 } }", ["2x160", "scores:2x160", "priors:40"], HasBackward: false, Phase: Phase.Test),
        new("detection_output_corner", "DetectionOutput", "detection_output_param { num_classes: 3 share_location: false nms_param { nms_threshold: 0.6 eta: 0.9 } }", ["1x240", "scores:1x60", "priors:20"], HasBackward: false, Phase: Phase.Test),
        new("detection_output_corner_size", "DetectionOutput", "detection_output_param { num_classes: 2 code_type: CORNER_SIZE variance_encoded_in_target: true confidence_threshold: 0.5 }", ["1x60", "scores:1x30", "priors:15"], HasBackward: false, Phase: Phase.Test),
        new("detection_output_none", "DetectionOutput", "detection_output_param { num_classes: 2 confidence_threshold: 2 }", ["2x60", "scores:2x30", "priors:15"], HasBackward: false, Phase: Phase.Test),
    ];

    /// <summary>The names of the tops.</summary>
    internal IEnumerable<string> TopNames => Enumerable.Range(0, Tops).Select(index => index == 0 ? "out" : $"out{index}");

    /// <summary>The net of this layer, its inputs and parameters filled, after a forward pass and a backward pass if there is one.</summary>
    internal Net Run()
    {
        string inputs = string.Concat(Shapes.Select((shape, index) => Input($"in{index}", shape)));
        string bottoms = string.Concat(Shapes.Select((_, index) => $" bottom: 'in{index}'"));
        Net net = Net.FromText(
            $"force_backward: {(HasBackward ? "true" : "false")} {inputs} layer {{ name: 'layer' type: '{Type}'{bottoms} {string.Concat(TopNames.Select(name => $" top: '{name}'"))} {Parameters} }}",
            new NetOptions { Phase = Phase, Seed = 3 });
        for (int index = 0; index < Shapes.Length; index++)
        {
            Fill(net.Blobs[$"in{index}"], Shapes[index], index);
        }

        net.Forward();
        if (HasBackward)
        {
            if (!Type.Contains("Loss", StringComparison.Ordinal))
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

    private static string MarginOf(string type) =>
        $"margin_inner_product_param {{ num_output: 5 type: {type} base: 20 gamma: 0.12 power: 1 lambda_min: 3 weight_filler {{ type: 'xavier' }} }}";

    private static string Input(string name, string shape)
    {
        string[] parts = shape.Split(':');
        string[] lengths = parts[0] switch
        {
            "regions" => [parts[1], "5"],
            "priors" => ["1", "2", $"{4 * Number(parts[1])}"],
            "labels" or "scores" or "mask" => parts[1].Split('x'),
            _ => shape.Split('x'),
        };
        return $"layer {{ name: '{name}' type: 'Input' top: '{name}' input_param {{ shape {{ {string.Concat(lengths.Select(length => $"dim: {length} "))}}} }} }} ";
    }

    private static void Fill(Blob blob, string shape, int index)
    {
        string[] parts = shape.Split(':');
        Random random = new(11 + index);
        Span<float> values = blob.MutableData.Span;
        switch (parts[0])
        {
            case "regions":
                FillRegions(values);
                break;
            case "labels":
                int classes = Number(parts[2]);
                foreach (ref float value in values)
                {
                    value = random.Next(classes);
                }

                break;
            case "scores":
                foreach (ref float value in values)
                {
                    value = random.NextSingle();
                }

                break;
            case "mask":
                FillMask(values, blob.Shape[2] * blob.Shape[3], parts[2].Split('x').Select(Number).Aggregate((a, b) => a * b), random);
                break;
            case "priors":
                FillPriors(values, random);
                break;
            default:
                RandomBlobs.Fill(blob, seed: 5 + index);
                break;
        }
    }

    private static void FillRegions(Span<float> values)
    {
        Random random = new(11);
        for (int region = 0; region < values.Length / 5; region++)
        {
            // Some leave the image; one is a single pixel.
            float left = (random.NextSingle() * 60) - 5, top = (random.NextSingle() * 44) - 5;
            (float width, float height) = region == 2 ? (0, 0) : (random.NextSingle() * 40, random.NextSingle() * 30);
            new[] { region % 2, left, top, left + width, top + height }.CopyTo(values[(region * 5)..]);
        }
    }

    // Each map's places differ, as those of a pooling's mask do if its windows do not overlap.
    private static void FillMask(Span<float> values, int placesPerMap, int cells, Random random)
    {
        for (int map = 0; map < values.Length; map += placesPerMap)
        {
            int[] places = [.. Enumerable.Range(0, cells)];
            random.Shuffle(places);
            for (int place = 0; place < placesPerMap; place++)
            {
                values[map + place] = places[place];
            }
        }
    }

    // Boxes in shares of the image's sides, then variances as SSD has them.
    private static void FillPriors(Span<float> values, Random random)
    {
        for (int place = 0; place < values.Length / 2; place += 4)
        {
            float left = random.NextSingle() * 0.8f, top = random.NextSingle() * 0.8f;
            new[] { left, top, left + 0.1f + (random.NextSingle() * 0.3f), top + 0.1f + (random.NextSingle() * 0.3f) }.CopyTo(values[place..]);
            s_variances.CopyTo(values[((values.Length / 2) + place)..]);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
