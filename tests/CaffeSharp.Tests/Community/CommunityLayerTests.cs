using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Community;

/// <summary>Community layers against formulas and against Caffe's own layers, their gradients, and what they refuse.</summary>
[Collection(AloneCollection.Name)]
public sealed class CommunityLayerTests : LeakGate
{
    public static TheoryData<string, string, string> Differentiable => new()
    {
        { "ROIPooling", "roi_pooling_param { pooled_h: 2 pooled_w: 2 }", "regions" },
        { "PSROIPooling", "psroi_pooling_param { spatial_scale: 1 output_dim: 1 group_size: 2 }", "regions" },
        { "Interp", "interp_param { zoom_factor: 2 }", "4x3" },
        { "Upsample", "upsample_param { scale: 2 }", "4x3" },
        { "Normalize", "norm_param { across_spatial: false }", "4x3" },
        { "Normalize", "norm_param { }", "4x3" },
        { "BN", "bn_param { scale_filler { value: 1.5 } shift_filler { value: 0.5 } }", "4x3" },
        { "BN", "bn_param { scale_filler { value: 1.5 } bn_mode: INFERENCE }", "4x3" },
        { "BN", "bn_param { slope_filler { value: 0.7 } }", "4x3" },
        { "ConvolutionDepthwise", "convolution_param { num_output: 4 kernel_size: 2 weight_filler { type: 'xavier' } }", "4x3" },
        { "Reverse", "reverse_param { axis: 2 }", "4x3" },
        { "Transpose", "transpose_param { dim: 3 dim: 0 dim: 2 dim: 1 }", "4x3" },
        { "Permute", "permute_param { order: 2 order: 0 }", "4x3" },
        { "ShuffleChannel", "shuffle_channel_param { group: 2 }", "4x3" },
        { "Mish", string.Empty, "4x3" },
        { "HardSwish", string.Empty, "4x3" },
        { "HardSigmoid", string.Empty, "4x3" },
        { "Reorg", "reorg_param { stride: 2 reverse: true }", "4x3" },
    };

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void Gradients_when_checked_are_the_slopes_of_the_outputs(string type, string parameters, string input)
    {
        bool hasRegions = input == "regions";
        using Net net = Net.FromText(
            "force_backward: true layer { name: 'in' type: 'Input' top: 'x' input_param { shape { dim: 2 dim: 4 dim: 4 dim: 3 } } } " +
            (hasRegions ? "layer { name: 'r' type: 'Input' top: 'r' input_param { shape { dim: 3 dim: 5 } } } " : string.Empty) +
            $"layer {{ name: 'layer' type: '{type}' bottom: 'x' {(hasRegions ? "bottom: 'r'" : string.Empty)} top: 'y' {parameters} }}",
            new NetOptions { Phase = Phase.Train, Seed = 1 });
        RandomBlobs.Fill(net.Blobs["x"], 7);
        if (hasRegions)
        {
            new float[] { 0, 0, 0, 2, 3, 1, 1, 1, 2, 2, 0, 0, 1, 1, 3 }.CopyTo(net.Blobs["r"].MutableData.Span);
        }

        GradientReport report = new GradientChecker { Step = 1e-2, Threshold = 2e-3 }.Check(net, "layer", "x");

        Assert.True(report.Passed, string.Join(", ", report.Differences));
    }

    [Fact]
    public void Activations_when_run_in_place_have_the_gradients_of_a_separate_top()
    {
        foreach (string type in (string[])["Mish", "SeLU", "HardSwish", "HardSigmoid", "ReLU6"])
        {
            using Net separate = Activation(type, "y"), inPlace = Activation(type, "x");
            foreach (Net net in (Net[])[separate, inPlace])
            {
                RandomBlobs.Fill(net.Blobs["i"], 21);
                net.Forward();
                net.Blobs[net == inPlace ? "x" : "y"].MutableDiff.Span.Fill(1.5f);
                net.Backward();
            }

            Assert.Equal(separate.Blobs["y"].Data.Span.ToArray(), inPlace.Blobs["x"].Data.Span.ToArray());
            Assert.Equal(separate.Blobs["i"].Diff.Span.ToArray(), inPlace.Blobs["i"].Diff.Span.ToArray());
        }
    }

    [Theory]
    [InlineData(Engine.Caffe)]
    [InlineData(Engine.Accelerated)]
    public void Dropout_of_a_fork_when_tested_changes_its_values_with_both_engines(Engine engine)
    {
        using Net net = Net.FromText(
            "layer { name: 'in' type: 'Input' top: 'x' input_param { shape { dim: 1 dim: 2 dim: 2 dim: 2 } } } " +
            "layer { name: 'relu' type: 'ReLU' bottom: 'x' top: 'r' } " +
            "layer { name: 'drop' type: 'Dropout' bottom: 'r' top: 'y' dropout_param { dropout_ratio: 0.25 scale_train: false } }",
            new NetOptions { Engine = engine });
        net.Blobs["x"].MutableData.Span.Fill(4);

        net.Forward();

        Assert.All(net.Blobs["y"].Data.Span.ToArray(), value => Assert.Equal(3, value, 1e-6));
    }

    [Fact]
    public void ReLU6_when_run_bounds_values_at_0_and_6_and_passes_gradients_between()
    {
        using Net net = Net.FromText(
            "force_backward: true layer { name: 'in' type: 'Input' top: 'x' input_param { shape { dim: 1 dim: 5 } } } " +
            "layer { name: 'layer' type: 'ReLU6' bottom: 'x' top: 'y' }");
        new float[] { -1, 0.5f, 3, 5.5f, 7.5f }.CopyTo(net.Blobs["x"].MutableData.Span);

        net.Forward();
        new float[] { 1, 2, 3, 4, 5 }.CopyTo(net.Blobs["y"].MutableDiff.Span);
        net.Backward();

        Assert.Equal([0, 0.5f, 3, 5.5f, 6], net.Blobs["y"].Data.Span.ToArray());
        Assert.Equal([0, 2, 3, 4, 0], net.Blobs["x"].Diff.Span.ToArray());
    }

    [Theory]
    [InlineData("ConvolutionDepthwise", "")]
    [InlineData("DepthwiseConvolution", "group: 6")]
    public void Depthwise_convolution_when_run_gives_the_bits_of_a_convolution_with_a_group_per_channel(string type, string group)
    {
        const string Parameters = "num_output: 6 kernel_size: 3 pad: 1 stride: 2 weight_filler { type: 'xavier' } bias_filler { value: 0.25 }";
        using Net depthwise = Layer(type, $"convolution_param {{ {Parameters} {group} }}", [2, 6, 7, 5]);
        using Net grouped = Layer("Convolution", $"convolution_param {{ {Parameters} group: 6 }}", [2, 6, 7, 5]);
        RandomBlobs.Fill(depthwise.Blobs["x"], 3);
        RandomBlobs.Fill(grouped.Blobs["x"], 3);

        depthwise.Forward();
        grouped.Forward();

        Assert.Equal([6, 1, 3, 3], depthwise.Parameters["layer"][0].Shape);
        Assert.Equal(grouped.Blobs["y"].Data.Span.ToArray(), depthwise.Blobs["y"].Data.Span.ToArray());
    }

    [Fact]
    public void Upsample_with_the_mask_of_a_pooling_puts_each_value_back_to_its_place()
    {
        using Net net = Net.FromText(
            "layer { name: 'in' type: 'Input' top: 'x' input_param { shape { dim: 1 dim: 2 dim: 4 dim: 6 } } } " +
            "layer { name: 'pool' type: 'Pooling' bottom: 'x' top: 'p' top: 'mask' pooling_param { pool: MAX kernel_size: 2 stride: 2 } } " +
            "layer { name: 'up' type: 'Upsample' bottom: 'p' bottom: 'mask' top: 'y' upsample_param { scale: 2 } }");
        RandomBlobs.Fill(net.Blobs["x"], 9);

        net.Forward();

        float[] x = net.Blobs["x"].Data.Span.ToArray(), y = net.Blobs["y"].Data.Span.ToArray();
        HashSet<float> pooled = [.. net.Blobs["p"].Data.Span.ToArray()];
        Assert.Equal(x.Select(value => pooled.Contains(value) ? value : 0), y);
        Assert.Equal(12, y.Count(value => value != 0));
    }

    [Fact]
    public void Segnets_BN_when_folded_scales_and_shifts_each_channel()
    {
        using Net net = Layer("BN", "bn_param { bn_mode: INFERENCE }", [1, 2, 1, 2]);
        new float[] { 2, 3 }.CopyTo(net.Parameters["layer"][0].MutableData.Span);
        new float[] { 10, 20 }.CopyTo(net.Parameters["layer"][1].MutableData.Span);
        new float[] { 1, 2, 3, 4 }.CopyTo(net.Blobs["x"].MutableData.Span);

        net.Forward();

        Assert.Equal([12, 14, 29, 32], net.Blobs["y"].Data.Span.ToArray());
    }

    [Theory]
    [InlineData("true", 4)]
    [InlineData("false", 3)]
    public void Ceil_mode_of_a_pooling_rounds_as_round_mode_does(string ceil, int width)
    {
        foreach (Engine engine in (Engine[])[Engine.Caffe, Engine.Accelerated])
        {
            using Net net = Net.FromText(
                "layer { name: 'in' type: 'Input' top: 'x' input_param { shape { dim: 1 dim: 1 dim: 8 dim: 8 } } } " +
                $"layer {{ name: 'pool' type: 'Pooling' bottom: 'x' top: 'y' pooling_param {{ pool: AVE kernel_size: 3 stride: 2 ceil_mode: {ceil} }} }}",
                new NetOptions { Engine = engine });
            net.Blobs["x"].MutableData.Span.Fill(2);

            net.Forward();

            Assert.Equal([1, 1, width, width], net.Blobs["y"].Shape);
            Assert.All(net.Blobs["y"].Data.Span.ToArray(), value => Assert.Equal(2, value, 1e-6));
        }
    }

    [Theory]
    [InlineData("ShuffleChannel", "shuffle_channel_param { group: 3 }", "4 channels cannot be divided into 3 groups")]
    [InlineData("BN", "bn_param { bn_mode: LEARN frozen: true }", "bn_param mixes fields of SegNet")]
    [InlineData("Permute", "permute_param { order: 4 }", "order names axis 4 of a blob with 4 axes")]
    [InlineData("Transpose", "transpose_param { dim: 0 dim: 0 dim: 1 dim: 2 }", "the order must name each of the 4 axes once")]
    [InlineData("Interp", "", "interp_param must have shrink_factor, zoom_factor, or height and width")]
    [InlineData("Interp", "interp_param { zoom_factor: 2 pad_beg: -2 pad_end: -2 }", "pad_beg and pad_end leave no cell")]
    [InlineData("Upsample", "upsample_param { scale: 3 pad_out_h: true }", "pad_out_h requires a scale of 2")]
    [InlineData("Reorg", "reorg_param { stride: 2 }", "4 x 3 is not a multiple of the stride, 2")]
    [InlineData("Reorg", "", "reorg_param must have stride")]
    [InlineData("ReLU6", "relu6_param { negative_slope: -1 }", "negative_slope must be at least 0")]
    [InlineData("SeLUDropout", "selu_dropout_param { dropout_ratio: 1 }", "dropout_ratio must be between 0 and 1")]
    [InlineData("Lstm", "", "lstm_param must have num_output")]
    [InlineData("ImResize", "imresize_param { factor: 0.01 }", "the top would have a side of 0 pixels")]
    [InlineData("Nms", "nms_param { num_parts: 5 }", "num_parts is 5; the bottom has 4 channels")]
    public void Parameters_that_do_not_fit_when_loaded_are_refused_with_the_layer_and_the_reason(string type, string parameters, string message)
    {
        CaffeException error = Assert.Throws<CaffeException>(() => Layer(type, parameters, [2, 4, 4, 3]));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("layer", error.LayerName);
    }

    [Fact]
    public void Data_layer_with_a_transformation_of_SSD_is_refused_with_the_field()
    {
        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromText(
            "layer { name: 'data' type: 'ImageData' top: 'x' top: 'y' image_data_param { source: 'list' batch_size: 1 } " +
            "transform_param { scale: 0.5 resize_param { height: 300 width: 300 } } }"));

        Assert.Contains("transform_param.resize_param of SSD is not supported", error.Message, StringComparison.Ordinal);
        Assert.Equal("data", error.LayerName);
    }

    [Fact]
    public void Region_of_an_image_that_the_batch_lacks_is_refused()
    {
        using Net net = Net.FromText(
            "layer { name: 'in' type: 'Input' top: 'x' top: 'r' input_param { shape { dim: 2 dim: 1 dim: 4 dim: 4 } shape { dim: 1 dim: 5 } } } " +
            "layer { name: 'layer' type: 'ROIPooling' bottom: 'x' bottom: 'r' top: 'y' roi_pooling_param { pooled_h: 2 pooled_w: 2 } }");
        foreach (float image in (float[])[-1, 2, float.NaN, float.PositiveInfinity])
        {
            net.Blobs["r"].MutableData.Span[0] = image;

            CaffeException error = Assert.Throws<CaffeException>(() => net.Forward());

            Assert.Contains("the batch has 2 images, counted from 0", error.Message, StringComparison.Ordinal);
        }

        new float[] { 1, float.NaN, -1e30f, 1e30f, float.PositiveInfinity }.CopyTo(net.Blobs["r"].MutableData.Span);
        net.Forward();
    }

    private static Net Activation(string type, string top) => Net.FromText(
        "force_backward: true layer { name: 'in' type: 'Input' top: 'i' input_param { shape { dim: 2 dim: 3 dim: 4 } } } " +
        "layer { name: 'copy' type: 'Power' bottom: 'i' top: 'x' } " +
        $"layer {{ name: 'layer' type: '{type}' bottom: 'x' top: '{top}' }}");

    private static Net Layer(string type, string parameters, int[] shape) => Net.FromText(
        $"layer {{ name: 'in' type: 'Input' top: 'x' input_param {{ shape {{ {string.Concat(shape.Select(length => $"dim: {length} "))}}} }} }} " +
        $"layer {{ name: 'layer' type: '{type}' bottom: 'x' top: 'y' {parameters} }}",
        new NetOptions { Seed = 5 });
}
