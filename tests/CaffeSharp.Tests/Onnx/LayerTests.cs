using System.Globalization;
using CaffeSharp.Onnx;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Onnx;

/// <summary>Every type of layer that is exported, at odd parameters, run by ONNX Runtime and by Caffe on the same values.</summary>
public sealed class LayerTests : LeakGate
{
    private const double Tolerance = 1e-5;

    private const string Image = "2 4 9 7";

    // Label, shape of x, layers. "L" stands for a layer that reads x and makes y.
    private static readonly (string Label, string Shape, string Layers)[] s_table =
    [
        ("AbsVal", Image, L("AbsVal")),
        ("ArgMax, of each image", Image, L("ArgMax", "argmax_param { top_k: 3 }")),
        ("ArgMax, with values", Image, L("ArgMax", "argmax_param { top_k: 2 out_max_val: true }")),
        ("ArgMax, of rows", "3 5", L("ArgMax", "argmax_param { out_max_val: true }")),
        ("ArgMax, along an axis", Image, L("ArgMax", "argmax_param { axis: -3 top_k: 2 }")),
        ("ArgMax, values along an axis", Image, L("ArgMax", "argmax_param { axis: 1 out_max_val: true }")),
        ("ArgMax, of equal values", Image, $"{L("Threshold", top: "t")} {Of("ArgMax", "argmax_param { axis: 1 top_k: 3 }", "y", "t")}"),
        ("BatchNorm", Image, L("BatchNorm", "batch_norm_param { eps: 0.01 }")),
        ("BatchNorm, of rows", "3 5", L("BatchNorm")),
        ("BatchReindex", Image, $"{Input("index", "3")} {Of("BatchReindex", "", "y", "x", "index")}"),
        ("Bias, learnt", Image, L("Bias", "bias_param { axis: 1 num_axes: 2 filler { type: \"gaussian\" std: 1 } }")),
        ("Bias, read", Image, $"{Input("b", "2 4")} {Of("Bias", "bias_param { axis: 0 }", "y", "x", "b")}"),
        ("BNLL", Image, L("BNLL")),
        ("Clip", Image, L("Clip", "clip_param { min: -0.25 max: 0.5 }")),
        ("Concat", Image, $"{Input("b", "2 3 9 7")} {Of("Concat", "", "y", "x", "b", "x")}"),
        ("Concat, of images", Image, Of("Concat", "concat_param { axis: 0 }", "y", "x", "x")),
        ("Concat, of old", Image, Of("Concat", "concat_param { concat_dim: 2 }", "y", "x", "x")),
        ("Concat, of one", Image, L("Concat")),
        ("Convolution", Image, L("Convolution", Convolution("num_output: 6 kernel_size: 3"))),
        ("Convolution, odd", Image, L("Convolution", Convolution("num_output: 6 kernel_h: 3 kernel_w: 2 stride_h: 1 stride_w: 2 pad_h: 2 pad_w: 1 group: 2 bias_term: false"))),
        ("Convolution, dilated", Image, L("Convolution", Convolution("num_output: 3 kernel_size: 3 dilation: 2 pad: 1 pad: 2"))),
        ("Convolution, of three axes", "2 2 5 4 6", L("Convolution", Convolution("num_output: 3 kernel_size: 3 kernel_size: 2 kernel_size: 2 stride: 2 stride: 1 stride: 3 pad: 1"))),
        ("Convolution, of one axis", "2 3 11", L("Convolution", Convolution("num_output: 4 kernel_size: 4 stride: 3"))),
        ("Convolution, of two blobs", Image,
            $"{Input("b", Image)} layer {{ name: \"two\" type: \"Convolution\" bottom: \"x\" bottom: \"b\" top: \"y\" top: \"z\" {Convolution("num_output: 2 kernel_size: 2")} }}"),
        ("Crop", Image, $"{Input("b", "2 4 5 4")} {Of("Crop", "crop_param { axis: -2 offset: 3 offset: 1 }", "y", "x", "b")}"),
        ("Crop, of channels", Image, $"{Input("b", "2 2 7 5")} {Of("Crop", "crop_param { axis: 1 offset: 2 }", "y", "x", "b")}"),
        ("Deconvolution", Image, L("Deconvolution", Convolution("num_output: 6 kernel_size: 3 stride: 2 pad: 1 group: 2"))),
        ("Deconvolution, odd", Image, L("Deconvolution", Convolution("num_output: 3 kernel_h: 4 kernel_w: 2 stride_h: 3 stride_w: 1 bias_term: false"))),
        ("Dropout", Image, $"{L("AbsVal", top: "a")} {InPlace("Dropout", "a")}"),
        ("Eltwise, product", Image, $"{Input("b", Image)} {Of("Eltwise", "eltwise_param { operation: PROD }", "y", "x", "b", "x")}"),
        ("Eltwise, sum", Image, $"{Input("b", Image)} {Of("Eltwise", "eltwise_param { coeff: 2 coeff: -1 coeff: 0.5 }", "y", "x", "b", "x")}"),
        ("Eltwise, maximum", Image, $"{Input("b", Image)} {Of("Eltwise", "eltwise_param { operation: MAX }", "y", "x", "b")}"),
        ("ELU", Image, L("ELU", "elu_param { alpha: 0.3 }")),
        ("Embed", "3 2", $"{Input("index", "3 2")} {Of("Embed", "embed_param { input_dim: 4 num_output: 5 weight_filler { type: \"gaussian\" std: 1 } bias_filler { type: \"gaussian\" std: 1 } }", "y", "index")}"),
        ("Exp", Image, L("Exp", "exp_param { base: 2 scale: 0.5 shift: 1.5 }")),
        ("Exp, natural", Image, L("Exp", "exp_param { shift: 0.5 }")),
        ("Flatten", Image, L("Flatten")),
        ("Flatten, of the image", Image, L("Flatten", "flatten_param { axis: -2 end_axis: 3 }")),
        ("Flatten, of channels", Image, L("Flatten", "flatten_param { axis: 1 end_axis: 2 }")),
        ("Flatten, of all", Image, L("Flatten", "flatten_param { axis: 0 }")),
        ("InnerProduct", Image, L("InnerProduct", Product("num_output: 5"))),
        ("InnerProduct, of rows", "3 6", L("InnerProduct", Product("num_output: 5 bias_term: false"))),
        ("InnerProduct, transposed", Image, L("InnerProduct", Product("num_output: 5 transpose: true"))),
        ("InnerProduct, of the last axis", Image, L("InnerProduct", Product("num_output: 5 axis: -1"))),
        ("InnerProduct, of two axes", Image, L("InnerProduct", Product("num_output: 5 axis: 2 transpose: true"))),
        ("Log", Image, $"{L("AbsVal", top: "a")} {Of("Log", "log_param { base: 10 scale: 2 shift: 0.5 }", "y", "a")}"),
        ("Log, natural", Image, $"{L("AbsVal", top: "a")} {Of("Log", "log_param { shift: 1 }", "y", "a")}"),
        ("LRN", "2 7 4 3", L("LRN", "lrn_param { local_size: 5 alpha: 0.7 beta: 0.6 k: 2 }")),
        ("LRN, within channels", Image, L("LRN", "lrn_param { local_size: 3 alpha: 0.7 beta: 0.6 norm_region: WITHIN_CHANNEL }")),
        ("MVN", Image, L("MVN", "mvn_param { eps: 0.01 }")),
        ("MVN, across channels", Image, L("MVN", "mvn_param { across_channels: true }")),
        ("MVN, of means", Image, L("MVN", "mvn_param { normalize_variance: false }")),
        ("Parameter", Image, $"layer {{ name: \"p\" type: \"Parameter\" top: \"p\" parameter_param {{ shape {{ dim: 4 dim: 9 }} }} }} {Of("Scale", "", "y", "x", "p")}"),
        ("Pooling, mask", Image, "layer { name: \"two\" type: \"Pooling\" bottom: \"x\" top: \"y\" top: \"mask\" pooling_param { kernel_size: 3 stride: 2 pad: 1 } }"),
        ("Pooling, global maximum", Image, L("Pooling", "pooling_param { global_pooling: true }")),
        ("Pooling, global average", Image, L("Pooling", "pooling_param { pool: AVE global_pooling: true }")),
        ("Power", Image, L("Power", "power_param { power: 3 scale: 0.5 shift: 0.25 }")),
        ("Power, of nothing", Image, L("Power")),
        ("PReLU", Image, L("PReLU", "prelu_param { filler { type: \"uniform\" min: 0.1 max: 0.9 } }")),
        ("PReLU, shared", Image, L("PReLU", "prelu_param { channel_shared: true }")),
        ("PReLU, of rows", "3 5", L("PReLU", "prelu_param { filler { type: \"uniform\" min: 0.1 max: 0.9 } }")),
        ("Reduction, sum", Image, L("Reduction", "reduction_param { axis: 1 coeff: 0.5 }")),
        ("Reduction, sum of sizes", Image, L("Reduction", "reduction_param { operation: ASUM axis: -2 }")),
        ("Reduction, sum of squares", Image, L("Reduction", "reduction_param { operation: SUMSQ axis: 2 coeff: -2 }")),
        ("Reduction, mean of all", Image, L("Reduction", "reduction_param { operation: MEAN }")),
        ("ReLU", Image, L("ReLU")),
        ("ReLU, leaky", Image, L("ReLU", "relu_param { negative_slope: 0.2 }")),
        ("Reshape", Image, L("Reshape", "reshape_param { shape { dim: 0 dim: -1 dim: 3 } }")),
        ("Reshape, of inner axes", Image, L("Reshape", "reshape_param { shape { dim: 2 dim: 2 } axis: 1 num_axes: 1 }")),
        ("Reshape, with an axis more", Image, L("Reshape", "reshape_param { shape { dim: 1 } axis: -1 num_axes: 0 }")),
        ("Scale, learnt", Image, L("Scale", "scale_param { filler { type: \"gaussian\" std: 1 } bias_term: true bias_filler { type: \"gaussian\" std: 1 } }")),
        ("Scale, of two axes", Image, L("Scale", "scale_param { axis: -2 num_axes: 2 filler { type: \"gaussian\" std: 1 } }")),
        ("Scale, of one number", Image, L("Scale", "scale_param { num_axes: 0 filler { type: \"gaussian\" std: 1 } }")),
        ("Scale, read, with a bias", Image, $"layer {{ name: \"p\" type: \"Parameter\" top: \"p\" parameter_param {{ shape {{ dim: 4 }} }} }} {Of("Scale", "scale_param { bias_term: true bias_filler { type: \"gaussian\" std: 1 } }", "y", "x", "p")}"),
        ("Scale, read", Image, $"{Input("b", "2 4")} {Of("Scale", "scale_param { axis: 0 }", "y", "x", "b")}"),
        ("Sigmoid", Image, L("Sigmoid")),
        ("Slice", Image, "layer { name: \"s\" type: \"Slice\" bottom: \"x\" top: \"a\" top: \"b\" top: \"c\" slice_param { axis: 2 slice_point: 2 slice_point: 3 } }"),
        ("Slice, equal", Image, "layer { name: \"s\" type: \"Slice\" bottom: \"x\" top: \"a\" top: \"b\" slice_param { slice_dim: 1 } }"),
        ("Slice, of images", Image, "layer { name: \"s\" type: \"Slice\" bottom: \"x\" top: \"a\" top: \"b\" slice_param { axis: 0 slice_point: 1 } }"),
        ("Softmax", Image, L("Softmax")),
        ("Softmax, along the last axis", Image, L("Softmax", "softmax_param { axis: -1 }")),
        ("Split", Image, $"{L("TanH", top: "t")} layer {{ name: \"s\" type: \"Split\" bottom: \"t\" top: \"a\" top: \"b\" }} {Of("AbsVal", "", "y", "a")}"),
        ("SPP, maximum", "2 3 9 7", L("SPP", "spp_param { pyramid_height: 3 }")),
        ("SPP, average", "2 3 8 11", L("SPP", "spp_param { pyramid_height: 2 pool: AVE }")),
        ("SPP, of one level", Image, L("SPP", "spp_param { pyramid_height: 1 }")),
        ("Swish", Image, L("Swish", "swish_param { beta: 1.5 }")),
        ("TanH", Image, L("TanH")),
        ("Threshold", Image, L("Threshold", "threshold_param { threshold: 0.1 }")),
        ("Tile", Image, L("Tile", "tile_param { axis: 2 tiles: 3 }")),
        ("In place", Image, $"{L("TanH", top: "t")} {InPlace("Power", "t", "power_param { scale: 2 }")} {InPlace("Sigmoid", "t")} {Of("AbsVal", "", "y", "t")} {Of("AbsVal", "", "z", "t")}"),
        ("Over the input", Image, $"{InPlace("Sigmoid", "x")} {L("AbsVal")}"),
    ];

    public static TheoryData<string> Labels => [.. s_table.Select(row => row.Label)];

    [Theory]
    [MemberData(nameof(Labels))]
    public void A_layer_when_exported_computes_what_Caffe_computes(string label)
    {
        (_, string shape, string layers) = s_table.Single(row => row.Label == label);
        using Net net = Net.FromText($"{Input("x", shape)} {layers}", new NetOptions { Seed = 7 });
        FillParameters(net);
        using OnnxRun model = new(net.ToOnnx());

        // As it was exported, then with one image more in each input.
        for (int more = 0; more < 2; more++)
        {
            int seed = 1;
            foreach (Blob input in net.Inputs)
            {
                int[] lengths = input.Shape.ToArray();
                lengths[0] += more;
                input.Reshape(lengths);
                RandomBlobs.Fill(input, seed++);
            }

            net.Reshape();
            Assert.InRange(model.DifferenceFrom(net), 0, Tolerance);
        }
    }

    [Fact]
    public void Types_of_layers_when_registered_are_in_the_table_or_are_refused_or_are_for_training()
    {
        string[] exported = [.. s_table.Select(row => row.Label.Split(',')[0]).Distinct()];
        string[] sources = ["Input", "Data", "DummyData", "HDF5Data", "ImageData", "MemoryData", "WindowData"];
        string[] dropped = ["Accuracy", "HDF5Output", "Silence"];
        string[] refused =
        [
            "Filter", "Im2col", "LSTM", "LSTMUnit", "RNN", "Python", "Managed", "Axpy", "BN", "ConvolutionDepthwise", "DepthwiseConvolution",
            "Interp", "Normalize", "Permute", "PriorBox", "PSROIPooling", "ReLU6", "Reverse", "ROIPooling", "ShuffleChannel", "Transpose", "Upsample",
            "BoxAnnotatorOHEM", "DetectionOutput", "HardSigmoid", "HardSwish", "ImResize", "Lstm", "MarginInnerProduct", "Mish", "Nms",
            "Proposal", "Reorg", "SeLU", "SeLUDropout", "SeLuDropout", "SmoothL1LossOHEM", "SoftmaxWithLossOHEM",
        ];

        Assert.Empty(CaffeRuntime.LayerTypes
            .Where(type => !type.EndsWith("Loss", StringComparison.Ordinal))
            .Except([.. exported, .. sources, .. dropped, .. refused]));
    }

    private static void FillParameters(Net net)
    {
        int seed = 100;
        foreach (Layer layer in net.Layers)
        {
            foreach (Blob parameter in layer.Parameters)
            {
                RandomBlobs.Fill(parameter, seed++);
            }

            if (layer.Type == "BatchNorm")
            {
                // A variance is positive; what both are divided by is a count.
                Span<float> variance = layer.Parameters[1].MutableData.Span;
                for (int channel = 0; channel < variance.Length; channel++)
                {
                    variance[channel] = 1 + MathF.Abs(variance[channel]);
                }

                layer.Parameters[2].MutableData.Span[0] = 2.5f;
            }
        }
    }

    private static string Input(string name, string shape) => string.Create(
        CultureInfo.InvariantCulture,
        $"layer {{ name: \"in {name}\" type: \"Input\" top: \"{name}\" input_param {{ shape {{ {string.Join(' ', shape.Split(' ').Select(length => $"dim: {length}"))} }} }} }}");

    private static string L(string type, string parameters = "", string top = "y") => Of(type, parameters, top, "x");

    private static string Of(string type, string parameters, string top, params string[] bottoms) =>
        $"layer {{ name: \"{type} {top}\" type: \"{type}\" {string.Join(' ', bottoms.Select(bottom => $"bottom: \"{bottom}\""))} top: \"{top}\" {parameters} }}";

    private static string InPlace(string type, string blob, string parameters = "") => Of(type, parameters, blob, blob);

    private static string Convolution(string parameters) =>
        $"convolution_param {{ {parameters} weight_filler {{ type: \"xavier\" }} }}";

    private static string Product(string parameters) =>
        $"inner_product_param {{ {parameters} weight_filler {{ type: \"xavier\" }} }}";
}
