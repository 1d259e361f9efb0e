using CaffeSharp.Messages;
using static CaffeSharp.Tests.LayerTypes.LayerInput;

namespace CaffeSharp.Tests.LayerTypes;

/// <summary>Every layer type that Caffe registers: how it is made and run, or why it is not run here.</summary>
internal static class LayerCases
{
    /// <summary>Types that want files or arrays handed over, and the test that gives them.</summary>
    internal static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["Data"] = "reads a store: Data_layer_reads_the_records_of_a_store",
        ["HDF5Data"] = "reads the file that HDF5Output writes: Hdf5_layers_write_and_read_the_same_rows",
        ["HDF5Output"] = "writes the file that HDF5Data reads: Hdf5_layers_write_and_read_the_same_rows",
        ["ImageData"] = "reads images: Image_layers_read_a_photo",
        ["MemoryData"] = "takes arrays: MemoryData_layer_takes_arrays",
        ["WindowData"] = "reads images: Image_layers_read_a_photo",
        ["ConvolutionDepthwise"] = "a fork's: Depthwise_convolution_when_run_gives_the_bits_of_a_convolution_with_a_group_per_channel",
        ["DepthwiseConvolution"] = "a fork's: Depthwise_convolution_when_run_gives_the_bits_of_a_convolution_with_a_group_per_channel",
        ["Proposal"] = "a fork's: Proposals_of_the_layer_in_Cpp_when_computed_are_those_of_the_Python_layer",
        ["SeLuDropout"] = "another name of SeLUDropout, which a ForkCase runs",
    };

    internal static readonly IReadOnlyList<LayerCase> All =
    [
        new("AbsVal", x => L.AbsVal(x[0]), Learnt(2, 3, 4)),
        new("Accuracy", x => L.Accuracy([.. x], topK: 2), Given(4, 5), Labels(5, 4)),
        new("ArgMax", x => L.ArgMax(x[0], topK: 2, outMaxVal: true), Given(3, 6)),
        new("BNLL", x => L.BNLL(x[0]), Learnt(2, 3, 4)),
        new("BatchNorm", x => L.BatchNorm(x[0], useGlobalStats: false, eps: 0.01f), Learnt(4, 3, 2, 2))
        {
            ParametersHaveGradient = false,
        },
        new("BatchReindex", x => L.BatchReindex([.. x]), Learnt(3, 2, 2), Values([4], 0, 2, 2, 1)),
        new("Bias", x => L.Bias(x[0], filler: Noise), Learnt(2, 3, 4)),
        new("Bias", x => L.Bias([.. x], axis: 0), Learnt(2, 3, 4), Learnt(2, 3)) { Variant = "OfTwo" },
        new("Clip", x => L.Clip(x[0], min: -0.4f, max: 0.4f), Learnt(2, 3, 4)),
        new("Concat", x => L.Concat([.. x], axis: 1), Learnt(2, 3, 2), Learnt(2, 1, 2), Learnt(2, 2, 2)),
        new("ContrastiveLoss", x => L.ContrastiveLoss([.. x], margin: 2), Learnt(4, 3), Learnt(4, 3), Values([4], 1, 0)),
        new("Convolution", x => L.Convolution(x[0], numOutput: 4, kernelSize: 3, pad: 1, stride: 2, group: 2, weightFiller: Noise,
            biasFiller: Noise), Learnt(2, 2, 5, 4)),
        new("Convolution", x => L.Convolution(x[0], numOutput: 2, kernelSize: [2, 1, 2], dilation: [1, 1, 2], weightFiller: Noise),
            Learnt(1, 2, 3, 2, 5)) { Variant = "InThreeAxes" },
        new("Crop", x => L.Crop([.. x], axis: 2, offset: [1, 2]), Learnt(1, 2, 4, 5), Given(1, 2, 2, 3)),
        new("Deconvolution", x => L.Deconvolution(x[0], numOutput: 2, kernelSize: 3, stride: 2, weightFiller: Noise,
            biasFiller: Noise), Learnt(1, 3, 3, 2)),
        new("Dropout", x => L.Dropout(x[0], dropoutRatio: 0.3f), Learnt(2, 3, 4)),
        new("DummyData", _ => L.DummyData(shape: Shape.Of(2, 3), dataFiller: Constant(0.25f))),
        new("ELU", x => L.ELU(x[0], alpha: 0.5f), Learnt(2, 3, 4)),
        new("Eltwise", x => L.Eltwise([.. x], operation: P.Eltwise.Sum, coeff: [1, -0.5f]), Learnt(2, 3, 2), Learnt(2, 3, 2)),
        new("Eltwise", x => L.Eltwise([.. x], operation: P.Eltwise.Prod), Learnt(2, 3, 2), Learnt(2, 3, 2), Learnt(2, 3, 2))
        {
            Variant = "Product",
        },
        new("Embed", x => L.Embed(x[0], numOutput: 3, inputDim: 5, weightFiller: Noise, biasFiller: Noise), Labels(5, 4))
        {
            LearnsItself = true,
        },
        new("EuclideanLoss", x => L.EuclideanLoss([.. x]), Learnt(3, 4), Learnt(3, 4)),
        new("Exp", x => L.Exp(x[0], @base: 2, scale: 0.5f, shift: 0.1f), Learnt(2, 3, 4)),
        new("Filter", x => L.Filter([.. x]), Learnt(4, 3), Values([4], 1, 0, 1, 1)),
        new("Flatten", x => L.Flatten(x[0], axis: 1, endAxis: 2), Learnt(2, 3, 2, 2)),
        new("HingeLoss", x => L.HingeLoss([.. x], norm: P.HingeLoss.L2), Learnt(4, 5), Labels(5, 4)),
        new("Im2col", x => L.Im2col(x[0], kernelSize: 3, stride: 2, pad: 1), Learnt(1, 2, 5, 4)),
        new("InfogainLoss", x => L.InfogainLoss([.. x]), Learnt(4, 3), Labels(3, 4),
            Values([1, 1, 3, 3], 3, 1, 0, 1, 2, 1, 0, 1, 3)),
        new("InnerProduct", x => L.InnerProduct(x[0], numOutput: 4, weightFiller: Noise, biasFiller: Noise), Learnt(3, 2, 3)),
        new("Input", _ => L.Input(shape: Shape.Of(2, 3))),
        new("LRN", x => L.LRN(x[0], localSize: 3, alpha: 2, beta: 0.6f), Learnt(2, 5, 2, 2)),
        new("LRN", x => L.LRN(x[0], localSize: 3, normRegion: P.LRN.WithinChannel), Learnt(1, 2, 4, 4)) { Variant = "Within" },
        new("LSTM", x => L.LSTM([.. x], numOutput: 3, weightFiller: Noise, biasFiller: Noise), Learnt(3, 2, 4),
            Values([3, 2], 0, 0, 1, 1, 1, 0)),
        new("LSTMUnit", x => L.LSTMUnit([.. x], ntop: 2), Learnt(1, 2, 3), Learnt(1, 2, 12), Values([1, 2], 1)),
        new("Log", x => L.Log(x[0], @base: 10, scale: 0.5f, shift: 3), Learnt(2, 3, 4)),
        new("MVN", x => L.MVN(x[0]), Learnt(2, 3, 3, 2)),
        new("Managed", x => L.Managed(x[0], module: "tests", layer: "Affine", paramStr: "2"), Learnt(2, 3)) { IsCaffes = false },
        new("MultinomialLogisticLoss", x => L.MultinomialLogisticLoss([.. x]),
            Learnt(4, 3) with { Value = at => 0.3f + (0.05f * at) }, Labels(3, 4)),
        new("PReLU", x => L.PReLU(x[0], filler: Noise), Learnt(2, 3, 4)),
        new("Parameter", _ => L.Parameter(shape: Shape.Of(2, 3))) { LearnsItself = true },
        new("Pooling", x => L.Pooling(x[0], pool: P.Pooling.Max, kernelSize: 3, stride: 2, pad: 1), Learnt(1, 2, 5, 4)),
        new("Pooling", x => L.Pooling(x[0], pool: P.Pooling.Max, kernelSize: 2, stride: 2, ntop: 2,
            lossWeight: [1, 0]), Learnt(1, 2, 4, 4)) { Variant = "WithMask" },
        new("Pooling", x => L.Pooling(x[0], pool: P.Pooling.Ave, globalPooling: true), Learnt(1, 2, 5, 4)) { Variant = "Global" },
        new("Power", x => L.Power(x[0], power: 1.5f, scale: 0.5f, shift: 3), Learnt(2, 3, 4)),
        new("Python", x => L.Python(x[0], module: "tests", layer: "Affine", paramStr: "3"), Learnt(2, 3)) { IsCaffes = false },
        new("RNN", x => L.RNN([.. x], numOutput: 3, weightFiller: Noise, biasFiller: Noise), Learnt(3, 2, 4),
            Values([3, 2], 0, 0, 1, 1, 1, 0)),
        new("ReLU", x => L.ReLU(x[0], negativeSlope: 0.1f), Learnt(2, 3, 4)),
        new("Reduction", x => L.Reduction(x[0], operation: P.Reduction.Sumsq, axis: 1, coeff: 0.5f), Learnt(3, 4)),
        new("Reshape", x => L.Reshape(x[0], shape: Shape.Of(0, -1, 2)), Learnt(2, 3, 4)),
        new("SPP", x => L.SPP(x[0], pyramidHeight: 2, pool: P.SPP.Max), Learnt(1, 2, 4, 4)),
        new("Scale", x => L.Scale(x[0], filler: Noise, biasTerm: true, biasFiller: Noise), Learnt(2, 3, 4)),
        new("Scale", x => L.Scale([.. x], axis: 0), Learnt(2, 3, 4), Learnt(2, 3)) { Variant = "OfTwo" },
        new("Sigmoid", x => L.Sigmoid(x[0]), Learnt(2, 3, 4)),
        new("SigmoidCrossEntropyLoss", x => L.SigmoidCrossEntropyLoss([.. x]), Learnt(3, 4), Values([3, 4], 0, 1, 1)),
        new("Silence", x => L.Silence(x[0], ntop: 0), Given(2, 3)),
        new("Slice", x => L.Slice(x[0], axis: 1, slicePoint: [1, 3], ntop: 3), Learnt(2, 4, 2)),
        new("Softmax", x => L.Softmax(x[0], axis: 1), Learnt(2, 5, 2)),
        new("SoftmaxWithLoss", x => L.SoftmaxWithLoss([.. x]), Learnt(4, 5), Labels(5, 4)),
        new("Split", x => L.Split(x[0], ntop: 2), Learnt(2, 3)),
        new("Swish", x => L.Swish(x[0], beta: 1.5f), Learnt(2, 3, 4)),
        new("TanH", x => L.TanH(x[0]), Learnt(2, 3, 4)),
        new("Threshold", x => L.Threshold(x[0], threshold: 0.2f), Given(2, 3, 4)),
        new("Tile", x => L.Tile(x[0], axis: 1, tiles: 3), Learnt(2, 2, 3)),
    ];

    private static FillerParameter Noise => new() { Type = "uniform", Min = -1, Max = 1 };

    private static FillerParameter Constant(float value) => new() { Value = value };

    private static LayerInput Labels(int classes, params int[] shape) => new(false, shape, at => at * 3 % classes);
}
