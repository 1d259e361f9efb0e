using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Engines;

/// <summary>The accelerated engine as a user of <see cref="Net"/> meets it.</summary>
public sealed class EngineTests : LeakGate
{
    private const double Tolerance = 1e-4;

    private static readonly NetOptions s_accelerated = new() { Engine = Engine.Accelerated };

    public static TheoryData<InstructionSet> InstructionSets =>
        [.. Enum.GetValues<InstructionSet>().Where(set => set <= CaffeRuntime.InstructionSet)];

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Photo_gives_the_originals_numbers_at_every_instruction_set(InstructionSet set)
    {
        using Net original = Net.FromFile(Originals.Net12, Originals.Weights12);
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12, s_accelerated with { HighestInstructionSet = set });
        foreach ((int width, int height) in new[] { (12, 12), (83, 47), (200, 151) })
        {
            RunBoth(net, original, width, height);
            AssertClose(net, original, [.. net.Outputs.Select(blob => blob.Name)]);
        }

        Assert.Equal(Engine.Accelerated, net.Engine);
        Assert.All(net.Layers, layer => Assert.Equal(layer.Type != "Input", layer.IsAccelerated));
        Assert.All(original.Layers, layer => Assert.False(layer.IsAccelerated));
    }

    [Fact]
    public void Inner_blob_is_computed_when_it_is_asked_for()
    {
        using Net original = Net.FromFile(Originals.Net12, Originals.Weights12);
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12, s_accelerated);
        RunBoth(net, original, 60, 40);
        AssertClose(net, original, "pool1", "conv3", "conv1");

        ReadOnlyBlobView view = net.Blobs["conv3"].Data;
        net.Inputs["data"].MutableData.Span.Reverse();
        original.Inputs["data"].MutableData.Span.Reverse();
        net.Forward();
        original.Forward();
        Assert.InRange(Close.Difference(view.Span, original.Blobs["conv3"].Data.Span), 0, Tolerance);
    }

    [Fact]
    public void Blobs_are_of_the_last_pass_after_the_next_input_was_written()
    {
        using TemporaryFolder folder = new();
        using Net original = Net.FromFile(Originals.Net12, Originals.Weights12);
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12, s_accelerated);
        RunBoth(net, original, 60, 40);
        foreach (Net each in new[] { net, original })
        {
            each.Inputs["data"].MutableData.Span.Reverse();
            each.Forward("conv3", null);
        }

        AssertClose(net, original, [.. net.Blobs.Select(blob => blob.Name)]);
        RunBoth(net, original, 60, 40);
        string path = folder.File("blobs.npz");
        net.Inputs["data"].MutableData.Span.Clear();
        net.SaveBlobs(path);
        IReadOnlyDictionary<string, System.Numerics.Tensors.Tensor<float>> saved = Npz.Read(path);
        foreach (Blob blob in original.Blobs.Where(blob => blob.Name != "data"))
        {
            float[] values = new float[blob.Count];
            saved[blob.Name].FlattenTo(values);
            Assert.InRange(Close.Difference(values, blob.Data.Span), 0, Tolerance);
        }
    }

    [Fact]
    public void Backward_uses_the_batch_of_the_last_pass()
    {
        const string Definition = """
            force_backward: true
            layer { name: "in" type: "DummyData" top: "data"
                    dummy_data_param { shape { dim: 4 dim: 2 dim: 6 dim: 5 } data_filler { type: "gaussian" } } }
            layer { name: "conv" type: "Convolution" bottom: "data" top: "conv"
                    convolution_param { num_output: 3 kernel_size: 3 weight_filler { type: "xavier" } } }
            layer { name: "norm" type: "BatchNorm" bottom: "conv" top: "norm" batch_norm_param { use_global_stats: false } }
            layer { name: "pool" type: "Pooling" bottom: "norm" top: "pool" pooling_param { kernel_size: 2 } }
            """;
        using Net original = Net.FromText(Definition, new NetOptions { Seed = 7 });
        using Net net = Net.FromText(Definition, s_accelerated with { Seed = 7 });
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (Net each in new[] { net, original })
            {
                each.Forward();
                each.Blobs["pool"].MutableDiff.Span.Fill(1);
                each.Blobs["pool"].MutableDiff.Span[3] = -2;
                each.Backward();
            }

            AssertClose(net, original, "data", "conv", "norm", "pool");
            Assert.InRange(
                Close.Difference(net.Parameters["conv"][0].Diff.Span, original.Parameters["conv"][0].Diff.Span), 0, Tolerance);
            Assert.InRange(
                Close.Difference(net.Parameters["norm"][0].Data.Span, original.Parameters["norm"][0].Data.Span), 0, Tolerance);
        }
    }

    [Fact]
    public void Weights_that_are_changed_between_passes_count()
    {
        using Net original = Net.FromFile(Originals.Net12, Originals.Weights12);
        using Net accelerated = Net.FromFile(Originals.Net12, s_accelerated);
        accelerated.ShareWith(original);
        RunBoth(accelerated, original, 30, 40);
        BlobView weights = original.Parameters["conv2"][0].MutableData;
        for (int pass = 0; pass < 3; pass++)
        {
            weights.Span[pass] += 1;
            accelerated.Forward();
            original.Forward();
            AssertClose(accelerated, original, "prob1", "conv4-2");
        }
    }

    [Fact]
    public void Parameters_written_in_any_way_count_in_every_clone()
    {
        using Net original = Net.FromFile(Originals.Net12, Originals.Weights12);
        using Net accelerated = Net.FromFile(Originals.Net12, s_accelerated);
        accelerated.ShareWith(original);
        using Net clone = accelerated.CloneSharingWeights();
        Blob parameter = accelerated.Parameters["conv2"][0];
        Action[] writes =
        [
            () => parameter.MutableData.Span[3] += 1,
            () => parameter.MutableData[2, 1, 0, 1] += 1,
            () => parameter.MutableData.AsTensorSpan()[1, 2, 1, 0] -= 1,
            () => parameter.CopyFrom([.. parameter.ToArray().Reverse()]),
            () => clone.Parameters["conv1"][0].MutableData.Span.Reverse(),
            () => original.Parameters["conv3"][0].MutableData.Span.Clear(),
            () => clone.CopyFrom(Originals.Weights12),
        ];
        float[] before = [];
        foreach (Action write in writes)
        {
            write();
            RunBoth(accelerated, original, 30, 40);
            AssertClose(accelerated, original, "prob1", "conv4-2");
            RunBoth(clone, original, 30, 40);
            AssertClose(clone, original, "prob1", "conv4-2");
            float[] after = original.Blobs["conv4-2"].ToArray();
            Assert.NotEqual(before, after);
            before = after;
        }
    }

    [Fact]
    public void Clone_has_the_engine_of_its_net()
    {
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12, s_accelerated);
        using Net clone = net.CloneSharingWeights();
        Assert.Equal(Engine.Accelerated, clone.Engine);
        RunBoth(clone, net, 50, 40);
        Assert.True(clone.Layers["conv1"].IsAccelerated);
        Assert.Equal(net.Blobs["prob1"].ToArray(), clone.Blobs["prob1"].ToArray());
    }

    [Fact]
    public void Numbers_do_not_depend_on_threads()
    {
        using Net one = Net.FromFile(Originals.Net12, Originals.Weights12, s_accelerated with { EngineThreads = 1 });
        using Net three = Net.FromFile(Originals.Net12, Originals.Weights12, s_accelerated with { EngineThreads = 3 });
        RunBoth(one, three, 171, 130);
        Assert.Equal(one.Blobs["prob1"].ToArray(), three.Blobs["prob1"].ToArray());
        Assert.Equal(one.Blobs["conv4-2"].ToArray(), three.Blobs["conv4-2"].ToArray());
    }

    [Fact]
    public void Passes_with_hooks_are_caffes()
    {
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12, s_accelerated);
        List<string> seen = [];
        using (net.AfterForward(layer => seen.Add(layer.Name)))
        {
            net.Forward();
        }

        Assert.Equal(net.Layers.Select(layer => layer.Name), seen);
        Assert.All(net.Layers, layer => Assert.False(layer.IsAccelerated));
        net.Forward();
        Assert.True(net.Layers["conv1"].IsAccelerated);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetOptions { Engine = (Engine)2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetOptions { EngineThreads = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetOptions { HighestInstructionSet = (InstructionSet)3 });
    }

    private static void RunBoth(Net net, Net other, int width, int height)
    {
        foreach (Net each in new[] { net, other })
        {
            each.Inputs["data"].Reshape(1, 3, height, width);
            each.Inputs["data"].CopyFrom(Photo.Face(width, height));
            each.Forward();
        }
    }

    private static void AssertClose(Net net, Net original, params string[] blobs)
    {
        foreach (string blob in blobs)
        {
            Assert.InRange(Close.Difference(net.Blobs[blob].Data.Span, original.Blobs[blob].Data.Span), 0, Tolerance);
        }
    }
}
