using CaffeSharp.Tests.ManagedLayers;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Nets;

/// <summary>Nets that share their weights.</summary>
[Collection(AloneCollection.Name)]
public sealed class CloneTests : LeakGate
{
    // 4,000 x 1,000 numbers: 16 MB of weights, 20 kB of blobs.
    private const string Large = """
        layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 1000 } } }
        layer { name: "ip" type: "InnerProduct" bottom: "data" top: "ip"
                inner_product_param { num_output: 4000 weight_filler { type: "gaussian" std: 0.1 } } }
        """;

    [Fact]
    public void Clone_has_definition_and_weights_and_outlives_its_original()
    {
        long before = CaffeRuntime.BlobMemory;
        Net net = Net.FromFile(Originals.Net24, Originals.Weights24);
        using (Net clone = net.CloneSharingWeights())
        {
            Assert.Equal(net.ToParameter(), clone.ToParameter());
            Assert.Equal((net.Name, net.Phase, net.Device), (clone.Name, clone.Phase, clone.Device));
            net.Inputs[0].CopyFrom(Photo.Face(24, 24));
            net.Forward();
            float[] expected = net.Blobs["prob1"].ToArray();

            // Its blobs are its own.
            Assert.NotEqual(expected, clone.Blobs["prob1"].ToArray());
            net.Parameters["conv1"][0].MutableData[0, 0, 0, 0] = 42;
            Assert.Equal(42, clone.Parameters["conv1"][0].Data[0, 0, 0, 0]);
            net.CopyFrom(Originals.Weights24);
            net.Dispose();
            clone.Inputs[0].CopyFrom(Photo.Face(24, 24));
            clone.Forward();
            Assert.Equal(expected, clone.Blobs["prob1"].ToArray());
            using Net ofClone = clone.CloneSharingWeights();
            ofClone.Inputs[0].CopyFrom(Photo.Face(24, 24));
            ofClone.Forward();
            Assert.Equal(expected, ofClone.Blobs["prob1"].ToArray());
        }

        Assert.Equal(before, CaffeRuntime.BlobMemory);
    }

    [Fact]
    public void Ten_clones_cost_no_weights()
    {
        using Net net = Net.FromText(Large);
        net.Forward();
        long before = CaffeRuntime.BlobMemory;
        List<Net> clones = [.. Enumerable.Range(0, 10).Select(_ => net.CloneSharingWeights())];
        clones.ForEach(clone => clone.Forward());
        long each = (CaffeRuntime.BlobMemory - before) / clones.Count;
        clones.ForEach(clone => clone.Dispose());
        Assert.InRange(each, 1, 64 << 10);
        Assert.Equal(before, CaffeRuntime.BlobMemory);
    }

    [Fact]
    public void Clones_on_their_own_threads_give_the_same_bits()
    {
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        float[] expected = Run(net);
        Net[] clones = [.. Enumerable.Range(0, 4).Select(_ => net.CloneSharingWeights())];
        float[][] results = new float[clones.Length][];
        Thread[] threads = [.. clones.Select((clone, index) => new Thread(() => results[index] = Run(clone)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(results, result => Assert.Equal(expected, result));
        Array.ForEach(clones, clone => clone.Dispose());

        static float[] Run(Net net)
        {
            net.Inputs[0].CopyFrom(Photo.Face(12, 12));
            for (int run = 0; run < 20; run++)
            {
                net.Forward();
            }

            return net.Blobs["prob1"].ToArray();
        }
    }

    [Fact]
    public void Seeds_are_the_clones_own()
    {
        const string noise = """
            layer { name: "noise" type: "DummyData" top: "noise"
                    dummy_data_param { shape { dim: 8 } data_filler { type: "gaussian" std: 1 } } }
            """;
        using Net net = Net.FromText(noise, new() { Seed = 1 });
        using Net same = net.CloneSharingWeights(seed: 9);
        using Net again = net.CloneSharingWeights(seed: 9);
        using Net other = net.CloneSharingWeights(seed: 10);
        float[] drawn = Draw(same);
        Assert.Equal(drawn, Draw(again));
        Assert.NotEqual(drawn, Draw(other));

        static float[] Draw(Net net)
        {
            net.Forward();
            return net.Blobs["noise"].ToArray();
        }
    }

    [Fact]
    public void Layers_in_csharp_are_made_again_and_share_their_parameters()
    {
        CaffeSharp.ManagedLayers.Register<AffineLayer>("tests", "Affine");
        using Net net = Net.FromText("""
            layer { name: "data" type: "Input" top: "x" input_param { shape { dim: 3 } } }
            layer { name: "line" type: "Managed" bottom: "x" top: "y"
                    python_param { module: "tests" layer: "Affine" param_str: "2" } }
            """);
        using Net clone = net.CloneSharingWeights();
        net.Parameters["line"][0].MutableData[0] = 5;
        clone.Inputs["x"].CopyFrom([1, 2, 3]);
        clone.Forward();
        Assert.Equal([5.5f, 10.5f, 15.5f], clone.Blobs["y"].ToArray());
    }

    [Theory]
    [InlineData(Phase.Test)]
    [InlineData(Phase.Train)]
    public void Recurrent_layers_use_the_shared_weights_in_every_step(Phase phase)
    {
        const string recurrent = """
            layer { name: "data" type: "Input" top: "x" top: "go"
                    input_param { shape { dim: 5 dim: 2 dim: 3 } shape { dim: 5 dim: 2 } } }
            layer { name: "lstm" type: "LSTM" bottom: "x" bottom: "go" top: "h"
                    recurrent_param { num_output: 4 weight_filler { type: "uniform" min: -1 max: 1 } } }
            """;
        using Net net = Net.FromText(recurrent, new() { Phase = phase, Seed = 4 });
        using Net clone = net.CloneSharingWeights();
        float[] expected = Run(net);
        Assert.Equal(expected, Run(clone));
        net.Parameters["lstm"][0].MutableData.Span.Fill(0.25f);
        float[] changed = Run(net);
        Assert.NotEqual(expected, changed);
        Assert.Equal(changed, Run(clone));

        static float[] Run(Net net)
        {
            net.Blobs["x"].MutableData.Span.Fill(0.5f);
            net.Blobs["go"].MutableData.Span.Fill(1);
            net.Forward();
            return net.Blobs["h"].ToArray();
        }
    }

    [Fact]
    public void Rules_choose_the_same_layers_for_a_clone()
    {
        using Net net = Net.FromText("""
            layer { name: "data" type: "Input" top: "x" input_param { shape { dim: 3 } } }
            layer { name: "deploy" type: "ReLU" bottom: "x" top: "y" include { stage: "deploy" min_level: 2 } }
            layer { name: "train" type: "Sigmoid" bottom: "x" top: "z" include { phase: TRAIN } }
            """, new() { Phase = Phase.Test, Level = 3, Stages = ["deploy"] });
        using Net clone = net.CloneSharingWeights();
        Assert.Equal(net.Layers.Names, clone.Layers.Names);
        Assert.Contains("deploy", clone.Layers.Names);
    }

    [Fact]
    public void Solvers_net_is_cloned_for_use_beside_the_training()
    {
        using Solvers.Training training = new("base_lr: 0.05 lr_policy: 'fixed'");
        using Solver solver = training.Start();
        using Net clone = solver.Net.CloneSharingWeights();
        solver.Step(2);
        Assert.Equal(Solvers.Training.Weights(solver.Net), Solvers.Training.Weights(clone));
    }

    [Fact]
    public void Thousand_clones_with_hooks_leave_no_memory_behind()
    {
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        long blobs = CaffeRuntime.BlobMemory;
        int calls = 0;
        MakeAndDispose(200);
        long before = ProcessMemory.Resident;
        MakeAndDispose(1000);
        Assert.Equal(1200 * net.Layers.Count, calls);
        Assert.Equal(blobs, CaffeRuntime.BlobMemory);
        Assert.InRange(ProcessMemory.Resident - before, long.MinValue, ProcessMemory.Noise);

        void MakeAndDispose(int count)
        {
            for (int made = 0; made < count; made++)
            {
                using Net clone = net.CloneSharingWeights();
                clone.AfterForward(_ => calls++);
                clone.Forward();
            }
        }
    }

    [Fact]
    public void Net_that_writes_a_file_is_not_cloned()
    {
        using TemporaryFolder folder = new();
        using Net net = Net.FromText($$"""
            layer { name: "data" type: "Input" top: "x" top: "l" input_param { shape { dim: 3 } } }
            layer { name: "out" type: "HDF5Output" bottom: "x" bottom: "l" hdf5_output_param { file_name: "{{folder.File("out.h5")}}" } }
            """);
        CaffeException error = Assert.Throws<CaffeException>(() => net.CloneSharingWeights());
        Assert.Equal((CaffeErrorKind.Unsupported, "out"), (error.Kind, error.LayerName));
        net.Dispose();
        Assert.Throws<ObjectDisposedException>(() => net.CloneSharingWeights());
    }
}
