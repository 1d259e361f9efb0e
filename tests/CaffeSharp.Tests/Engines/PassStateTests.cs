using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Engines;

/// <summary>What the accelerated engine keeps of a pass: inner blobs, partial passes and gradients are those of the last pass, as in Caffe,
/// whatever the caller does in between.</summary>
[Collection(AloneCollection.Name)]
public sealed class PassStateTests : LeakGate
{
    private const string Chain =
        "force_backward: true layer { name: 'in' type: 'Input' top: 'x' input_param { shape { dim: 2 dim: 3 dim: 12 dim: 11 } } } " +
        "layer { name: 'c1' type: 'Convolution' bottom: 'x' top: 'c1' convolution_param { num_output: 6 kernel_size: 3 weight_filler { type: 'xavier' } } } " +
        "layer { name: 'r1' type: 'ReLU' bottom: 'c1' top: 'c1' } " +
        "layer { name: 'p1' type: 'Pooling' bottom: 'c1' top: 'p1' pooling_param { kernel_size: 2 stride: 2 } } " +
        "layer { name: 'c2' type: 'Convolution' bottom: 'p1' top: 'c2' convolution_param { num_output: 5 kernel_size: 2 weight_filler { type: 'xavier' } } } " +
        "layer { name: 'ip' type: 'InnerProduct' bottom: 'c2' top: 'ip' inner_product_param { num_output: 4 weight_filler { type: 'xavier' } } } " +
        "layer { name: 'sm' type: 'Softmax' bottom: 'ip' top: 'sm' }";

    [Fact]
    public void Inner_blobs_when_the_next_input_is_written_first_are_those_of_the_last_pass()
    {
        (Net engine, Net caffe) = Pair(Chain);
        using (engine)
        using (caffe)
        {
            foreach (Net net in (Net[])[engine, caffe])
            {
                RandomBlobs.Fill(net.Blobs["x"], 1);
                net.Forward();
                RandomBlobs.Fill(net.Blobs["x"], 2);
            }

            AssertEqual(caffe, engine);
        }
    }

    [Fact]
    public void Partial_pass_when_the_next_input_is_written_first_continues_the_last_pass()
    {
        (Net engine, Net caffe) = Pair(Chain);
        using (engine)
        using (caffe)
        {
            foreach (Net net in (Net[])[engine, caffe])
            {
                RandomBlobs.Fill(net.Blobs["x"], 1);
                net.Forward();
                RandomBlobs.Fill(net.Blobs["x"], 2);
                net.Forward("c2", null);
            }

            AssertEqual(caffe, engine);
        }
    }

    [Fact]
    public void Gradients_when_the_next_input_is_written_first_are_those_of_Caffe()
    {
        (Net engine, Net caffe) = Pair(Chain);
        using (engine)
        using (caffe)
        {
            foreach (Net net in (Net[])[engine, caffe])
            {
                RandomBlobs.Fill(net.Blobs["x"], 1);
                net.Forward();
                RandomBlobs.Fill(net.Blobs["x"], 2);
                new float[] { 1, -1, 0.5f, 0, 0.25f, 1, 0, -1 }.CopyTo(net.Blobs["sm"].MutableDiff.Span);
                net.Backward();
            }

            AssertEqual(caffe, engine);
            AssertGradientsEqual(caffe, engine);
            Assert.Equal(caffe.Blobs["x"].Data.Span.ToArray(), engine.Blobs["x"].Data.Span.ToArray());
        }
    }

    [Fact]
    public void Gradients_of_a_net_with_sources_and_states_are_those_of_the_batch_that_was_run()
    {
        const string Text =
            "force_backward: true layer { name: 'data' type: 'DummyData' top: 'd' top: 'label' dummy_data_param { " +
            "shape { dim: 3 dim: 2 dim: 6 dim: 6 } shape { dim: 3 } data_filler { type: 'gaussian' } data_filler { type: 'constant' value: 1 } } } " +
            "layer { name: 'norm' type: 'BatchNorm' bottom: 'd' top: 'n' batch_norm_param { use_global_stats: false } } " +
            "layer { name: 'c' type: 'Convolution' bottom: 'n' top: 'c' convolution_param { num_output: 4 kernel_size: 3 weight_filler { type: 'xavier' } } } " +
            "layer { name: 'p' type: 'Pooling' bottom: 'c' top: 'p' pooling_param { kernel_size: 2 stride: 2 } } " +
            "layer { name: 'ip' type: 'InnerProduct' bottom: 'p' top: 'ip' inner_product_param { num_output: 3 weight_filler { type: 'xavier' } } } " +
            "layer { name: 'loss' type: 'SoftmaxWithLoss' bottom: 'ip' bottom: 'label' top: 'loss' }";
        (Net engine, Net caffe) = Pair(Text);
        using (engine)
        using (caffe)
        {
            for (int step = 0; step < 3; step++)
            {
                foreach (Net net in (Net[])[engine, caffe])
                {
                    net.Forward();
                    net.Backward();
                }

                Assert.Equal(caffe.Blobs["d"].Data.Span.ToArray(), engine.Blobs["d"].Data.Span.ToArray());
                AssertEqual(caffe, engine);
                AssertGradientsEqual(caffe, engine);
                for (int index = 0; index < 3; index++)
                {
                    AssertClose(caffe.Parameters["norm"][index].Data.Span, engine.Parameters["norm"][index].Data.Span, $"statistics {index}");
                }
            }
        }
    }

    [Fact]
    public void Convolution_of_an_input_smaller_than_its_kernel_after_a_larger_one_reads_nothing_of_the_larger()
    {
        using Net net = Net.FromText(
            "layer { name: 'in' type: 'Input' top: 'x' input_param { shape { dim: 1 dim: 1 dim: 2 dim: 2 } } } " +
            "layer { name: 'a' type: 'Convolution' bottom: 'x' top: 'a' convolution_param { num_output: 1 kernel_size: 1 weight_filler { value: 1 } } } " +
            "layer { name: 'b' type: 'Convolution' bottom: 'a' top: 'b' convolution_param { num_output: 1 kernel_size: 3 stride: 2 weight_filler { value: 1 } } }",
            new NetOptions { Engine = Engine.Accelerated });
        foreach ((int side, float value, float expected) in ((int, float, float)[])[(2, 1, 4), (20, 1000, 9000), (2, 1, 4), (32, 7, 63), (2, 2, 8)])
        {
            net.Blobs["x"].Reshape(1, 1, side, side);
            net.Blobs["x"].MutableData.Span.Fill(value);

            net.Forward();

            Assert.Equal(expected, net.Blobs["b"].Data.Span[0]);
        }
    }

    [Theory]
    [InlineData("SUM")]
    [InlineData("PROD")]
    [InlineData("MAX")]
    public void Eltwise_in_place_gives_what_Caffe_gives(string operation)
    {
        (Net engine, Net caffe) = Pair(
            "layer { name: 'in' type: 'Input' top: 'x' input_param { shape { dim: 1 dim: 3 dim: 4 dim: 5 } } } " +
            "layer { name: 'a' type: 'Convolution' bottom: 'x' top: 'a' convolution_param { num_output: 3 kernel_size: 1 weight_filler { type: 'xavier' } } } " +
            "layer { name: 'b' type: 'Convolution' bottom: 'x' top: 'b' convolution_param { num_output: 3 kernel_size: 1 weight_filler { type: 'xavier' } } } " +
            $"layer {{ name: 'e' type: 'Eltwise' bottom: 'a' bottom: 'b' top: 'a' eltwise_param {{ operation: {operation} }} }} " +
            "layer { name: 'r' type: 'ReLU' bottom: 'a' top: 'y' }");
        using (engine)
        using (caffe)
        {
            foreach (Net net in (Net[])[engine, caffe])
            {
                RandomBlobs.Fill(net.Blobs["x"], 4);
                net.Forward();
            }

            AssertEqual(caffe, engine);
        }
    }

    [Fact]
    public void Maximum_of_a_window_ignores_what_is_not_a_number()
    {
        (Net engine, Net caffe) = Pair(
            "layer { name: 'in' type: 'Input' top: 'x' input_param { shape { dim: 1 dim: 1 dim: 2 dim: 2 } } } " +
            "layer { name: 'p' type: 'Pooling' bottom: 'x' top: 'y' pooling_param { kernel_size: 2 } }");
        using (engine)
        using (caffe)
        {
            foreach (float[] values in (float[][])[[float.NaN, float.NaN, 9, 10], [9, float.NaN, 10, float.NaN], [9, 10, float.NaN, float.NaN], [float.NaN, 3, 2, float.NaN]])
            {
                foreach (Net net in (Net[])[engine, caffe])
                {
                    values.CopyTo(net.Blobs["x"].MutableData.Span);
                    net.Forward();
                }

                Assert.Equal(values.Where(value => !float.IsNaN(value)).Max(), caffe.Blobs["y"].Data.Span[0]);
                Assert.Equal(caffe.Blobs["y"].Data.Span[0], engine.Blobs["y"].Data.Span[0]);
            }
        }
    }

    [Fact]
    public void Reading_all_blobs_takes_two_more_passes_and_no_pass_later_on()
    {
        using Net net = Net.FromText(Chain, new NetOptions { Engine = Engine.Accelerated, Seed = 3 });
        RandomBlobs.Fill(net.Blobs["x"], 1);
        net.Forward();

        // The first inner blob is computed alone, the second with all others.
        float[] first = net.Blobs["c1"].Data.Span.ToArray();
        float[] second = net.Blobs["p1"].Data.Span.ToArray();
        net.Parameters["c1"][0].MutableData.Span.Clear();
        net.Parameters["c2"][0].MutableData.Span.Clear();

        // So this one no longer depends on the weights.
        Assert.Contains(net.Blobs["c2"].Data.Span.ToArray(), value => value != 0);
        Assert.Contains(first, value => value != 0);
        Assert.Contains(second, value => value != 0);
    }

    private static (Net Engine, Net Caffe) Pair(string text) => (
        Net.FromText(text, new NetOptions { Engine = Engine.Accelerated, Seed = 3 }),
        Net.FromText(text, new NetOptions { Engine = Engine.Caffe, Seed = 3 }));

    private static void AssertEqual(Net expected, Net actual)
    {
        foreach (Blob blob in expected.Blobs)
        {
            AssertClose(blob.Data.Span, actual.Blobs[blob.Name].Data.Span, blob.Name);
        }
    }

    private static void AssertGradientsEqual(Net expected, Net actual)
    {
        foreach (Blob blob in expected.Blobs)
        {
            AssertClose(blob.Diff.Span, actual.Blobs[blob.Name].Diff.Span, $"the gradient of {blob.Name}");
        }

        foreach ((string layer, IReadOnlyList<Blob> parameters) in expected.Parameters)
        {
            for (int index = 0; index < parameters.Count; index++)
            {
                AssertClose(parameters[index].Diff.Span, actual.Parameters[layer][index].Diff.Span, $"the gradient of {layer}[{index}]");
            }
        }
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        float[] wanted = expected.ToArray(), got = actual.ToArray();
        double scale = Math.Max(wanted.Max(Math.Abs), 1e-6);
        double difference = Close.Difference(wanted, got) / scale;
        Assert.True(difference <= 1e-5, $"{what} differs by {difference:E1}, relative to its largest value.");
    }
}
