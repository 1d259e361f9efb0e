using System.Globalization;
using CaffeSharp.Tests.Solvers;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Engines;

/// <summary>The accelerated engine in the train phase, held against Caffe.</summary>
public sealed class TrainingEngineTests : LeakGate
{
    // Relative to the largest value of each array.
    private const double Tolerance = 2e-5;

    private static readonly NetOptions s_train = new() { Phase = Phase.Train, Seed = 5 };

    public static TheoryData<string, int, int, int, int> Layers => new()
    {
        { Convolution("num_output: 5 kernel_size: 3"), 64, 3, 12, 12 },
        { Convolution("num_output: 28 kernel_size: 3"), 64, 3, 24, 24 },
        { Convolution("num_output: 6 kernel_size: 3 stride: 2 pad: 1"), 3, 4, 9, 7 },
        { Convolution("num_output: 6 kernel_size: 3 pad: 2 dilation: 2 group: 2"), 5, 4, 8, 11 },
        { Convolution("num_output: 4 kernel_h: 1 kernel_w: 5 stride_h: 3 stride_w: 2 pad_h: 2 pad_w: 4 bias_term: false"), 2, 2, 7, 6 },
        { Convolution("num_output: 128 kernel_size: 2"), 64, 64, 4, 4 },
        { Convolution("num_output: 2 kernel_size: 1"), 1, 3, 1, 1 },
        { Product("num_output: 256"), 64, 32, 3, 3 },
        { Product("num_output: 10"), 1, 7, 1, 1 },
        { Product("num_output: 70 bias_term: false"), 17, 5, 2, 2 },
        { "type: 'PReLU' top: 'y' prelu_param { filler { value: 0.3 } }", 17, 5, 7, 3 },
        { "type: 'PReLU' top: 'x' prelu_param { filler { value: -0.2 } }", 64, 10, 10, 10 },
        { "type: 'PReLU' top: 'x' prelu_param { channel_shared: true }", 3, 6, 5, 5 },
        { "type: 'ReLU' top: 'x'", 3, 6, 5, 5 },
        { "type: 'ReLU' top: 'y' relu_param { negative_slope: 0.1 }", 3, 6, 5, 5 },
        { Pooling("kernel_size: 3 stride: 2"), 64, 8, 23, 23 },
        { Pooling("kernel_size: 2 stride: 2"), 5, 3, 10, 46 },
        { Pooling("kernel_size: 3 stride: 1 pad: 1"), 2, 3, 19, 40 },
        { Pooling("kernel_h: 3 kernel_w: 2 stride_h: 1 stride_w: 3 pad_w: 1 pad_h: 2"), 2, 3, 9, 20 },
        { Pooling("global_pooling: true"), 2, 3, 6, 5 },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Layer_forward_and_backward_agrees_with_caffe_when_trained(string layer, int images, int channels, int height, int width)
    {
        string definition = Around(layer, images, channels, height, width);
        using Net original = Net.FromText(definition, s_train);
        using Net net = Net.FromText(definition, s_train with { Engine = Engine.Accelerated });
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (Net each in new[] { original, net })
            {
                RandomBlobs.Fill(each.Blobs["data"], pass + 1);
                each.Forward();
                each.Backward();
            }

            AssertSame(original, net);
        }

        Assert.True(net.Layers["layer"].IsAccelerated);
        Assert.False(original.Layers["layer"].IsAccelerated);
    }

    [Theory]
    [MemberData(nameof(EngineTests.InstructionSets), MemberType = typeof(EngineTests))]
    public void Net_agrees_with_caffe_at_every_instruction_set(InstructionSet set)
    {
        string definition = Around(Pooling("kernel_size: 3 stride: 2"), 8, 4, 15, 15);
        using Net original = Net.FromText(definition, s_train);
        using Net net = Net.FromText(definition, s_train with { Engine = Engine.Accelerated, HighestInstructionSet = set });
        foreach (Net each in new[] { original, net })
        {
            RandomBlobs.Fill(each.Blobs["data"], 1);
            each.Forward();
            each.Backward();
        }

        AssertSame(original, net);
    }

    [Fact]
    public void Batch_of_another_size_agrees_with_caffe_when_the_net_was_reshaped()
    {
        string definition = Around(Convolution("num_output: 5 kernel_size: 3"), 4, 3, 12, 12);
        using Net original = Net.FromText(definition, s_train);
        using Net net = Net.FromText(definition, s_train with { Engine = Engine.Accelerated });
        foreach (int images in new[] { 1, 9, 4 })
        {
            foreach (Net each in new[] { original, net })
            {
                each.Blobs["data"].Reshape(images, 3, 12, 12);
                RandomBlobs.Fill(each.Blobs["data"], images);
                each.Forward();
                each.Backward();
            }

            AssertSame(original, net);
        }

        net.Blobs["data"].Reshape(20, 3, 12, 12);
        net.Reshape();
        CaffeException failure = Assert.Throws<CaffeException>(() => net.Backward());
        Assert.Contains("run the net forward before it is run backward", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_are_the_same_bit_for_bit_when_the_number_of_threads_differs()
    {
        float[] one = Train(1);
        Assert.Equal(one, Train(2));
        Assert.Equal(one, Train(3));

        static float[] Train(int threads)
        {
            using Training training = new("base_lr: 0.05 lr_policy: 'fixed' momentum: 0.9 weight_decay: 0.001");
            using Solver solver = training.Fed(Solver.FromFile(
                training.Solver, new SolverOptions { Engine = Engine.Accelerated, EngineThreads = threads }));
            solver.Step(50);
            return Training.Weights(solver.Net);
        }
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("Adam")]
    public void Weights_are_near_those_of_caffe_after_fifty_iterations(string type)
    {
        using Training training = new("base_lr: 0.01 lr_policy: 'fixed' momentum: 0.9 momentum2: 0.99 weight_decay: 0.001", type);
        using Solver original = training.Start();
        using Solver accelerated = training.Fed(Solver.FromFile(training.Solver, new SolverOptions { Engine = Engine.Accelerated }));
        original.Step(50);
        accelerated.Step(50);
        Assert.InRange(Close.Difference(Training.Weights(original.Net), Training.Weights(accelerated.Net)), 0, 1e-4);
        Assert.Equal(Engine.Accelerated, accelerated.Net.Engine);
        Assert.All(accelerated.Net.Layers.Where(layer => layer.Name is "conv" or "pool" or "relu" or "ip"), layer => Assert.True(layer.IsAccelerated));
    }

    [Fact]
    public void Not_a_number_is_passed_on_by_pooling_as_caffe_does()
    {
        string definition = Around(Pooling("kernel_size: 2 stride: 2"), 1, 1, 4, 4);
        using Net original = Net.FromText(definition, s_train);
        using Net net = Net.FromText(definition, s_train with { Engine = Engine.Accelerated });
        foreach (Net each in new[] { original, net })
        {
            RandomBlobs.Fill(each.Blobs["x"], 1);
            RandomBlobs.Fill(each.Blobs["data"], 1);
            each.Blobs["data"].MutableData.Span[5] = float.NaN;
            each.Forward();
        }

        Assert.Equal(original.Blobs["y"].ToArray(), net.Blobs["y"].ToArray());
    }

    // In single quotes, so that they are easy to write.
    private static string Convolution(string parameters) =>
        $"type: 'Convolution' top: 'y' convolution_param {{ weight_filler {{ type: 'xavier' }} bias_filler {{ type: 'gaussian' std: 1 }} {parameters} }}";

    private static string Product(string parameters) =>
        $"type: 'InnerProduct' top: 'y' inner_product_param {{ weight_filler {{ type: 'xavier' }} bias_filler {{ type: 'gaussian' std: 1 }} {parameters} }}";

    private static string Pooling(string parameters) => $"type: 'Pooling' top: 'y' pooling_param {{ pool: MAX {parameters} }}";

    // Behind a layer that requires gradients, before a loss.
    private static string Around(string layer, int images, int channels, int height, int width) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        layer { name: "input" type: "Input" top: "data" input_param { shape { dim: {{images}} dim: {{channels}} dim: {{height}} dim: {{width}} } } }
        layer { name: "before" type: "Scale" bottom: "data" top: "x" scale_param { bias_term: true } }
        layer { name: "layer" bottom: "x" {{layer}} }
        layer { name: "loss" type: "Reduction" bottom: "{{(layer.Contains("top: 'y'", StringComparison.Ordinal) ? "y" : "x")}}" top: "loss" loss_weight: 0.1 reduction_param { operation: SUMSQ } }
        """);

    private static void AssertSame(Net original, Net net)
    {
        foreach (Blob expected in original.Blobs.Concat(original.Parameters.Values.SelectMany(parameters => parameters)))
        {
            Assert.NotEqual(0, expected.Count);
        }

        for (int index = 0; index < original.Blobs.Count; index++)
        {
            AssertClose(original.Blobs[index].ToArray(), net.Blobs[index].ToArray());
        }

        AssertClose(original.Blobs["x"].Diff.Span.ToArray(), net.Blobs["x"].Diff.Span.ToArray());
        foreach ((string name, IReadOnlyList<Blob> parameters) in original.Parameters)
        {
            for (int index = 0; index < parameters.Count; index++)
            {
                AssertClose(parameters[index].Diff.Span.ToArray(), net.Parameters[name][index].Diff.Span.ToArray());
            }
        }
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        double scale = Math.Max(1e-6, expected.Max(Math.Abs));
        Assert.InRange(Close.Difference(expected, actual) / scale, 0, Tolerance);
    }
}
