using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Nets;

/// <summary>Forward, backward and reshape.</summary>
[Collection(AloneCollection.Name)]
public sealed class RunningTests : LeakGate
{
    [Fact]
    public void Forward_of_a_small_net_is_what_is_reckoned_by_hand()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        net.Parameters["ip"][0].CopyFrom([1, 2, 3, 4, 5, 6]);
        net.Inputs["data"].CopyFrom([10, 100]);
        Assert.Equal(0, net.Forward());
        Assert.Equal([210.5f, 430.5f, 650.5f], net.Outputs["ip"].ToArray());
    }

    [Fact]
    public void Loss_and_gradients_are_what_is_reckoned_by_hand()
    {
        using Net net = Net.FromText(SmallNets.EuclideanLoss, new() { Phase = Phase.Train });
        net.Parameters["ip"][0].CopyFrom([1, 0, 0, 0, 1, 0, 0, 0, 1]);
        net.Blobs["left"].CopyFrom([1, 2, 3, 4, 5, 6]);
        net.Blobs["right"].CopyFrom([0, 2, 3, 4, 5, 4]);

        // Half the mean squared distance is (1 + 4) / 2 / 2, and it counts twice.
        Assert.Equal(2.5f, net.Forward());
        net.ClearParameterDiffs();
        net.Backward();
        Assert.Equal([1, 0, 0, 0, 0, 2], net.Blobs["ip"].Diff.Span.ToArray());
        Assert.Equal([1, 0, 2], net.Parameters["ip"][1].Diff.Span.ToArray());

        net.Backward();
        Assert.Equal([2, 0, 4], net.Parameters["ip"][1].Diff.Span.ToArray());
        net.ClearParameterDiffs();
        Assert.Equal([0, 0, 0], net.Parameters["ip"][1].Diff.Span.ToArray());
    }

    [Fact]
    public void Part_of_a_net_runs_alone()
    {
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        net.Inputs["data"].CopyFrom(Photo.Face(12, 12));
        net.Forward();
        float[] probabilities = net.Blobs["prob1"].ToArray();
        net.Blobs["prob1"].MutableData.Span.Clear();

        net.Forward("conv4-1", null);
        Assert.Equal(probabilities, net.Blobs["prob1"].ToArray());

        net.Blobs["prob1"].MutableData.Span.Clear();
        net.Forward(null, "conv4-1");
        Assert.Equal(new float[probabilities.Length], net.Blobs["prob1"].ToArray());
        net.Forward("prob1", "prob1");
        Assert.Equal(probabilities, net.Blobs["prob1"].ToArray());
    }

    [Fact]
    public void Part_of_a_net_runs_backward_alone()
    {
        using Net net = Net.FromText(SmallNets.EuclideanLoss);
        net.Blobs["right"].MutableData.Span.Fill(1);
        net.Forward();
        net.Backward("loss", "loss");
        Assert.NotEqual(0, net.Blobs["ip"].Diff[0, 0]);
        Assert.Equal([0, 0, 0], net.Parameters["ip"][1].Diff.Span.ToArray());
        net.Backward("ip", null);
        Assert.NotEqual(0, net.Parameters["ip"][1].Diff[0]);
    }

    [Fact]
    public void Layers_in_the_wrong_order_are_refused()
    {
        SharedFolder.RequireOriginals();
        using Net net = Net.FromFile(Originals.Net12);
        ArgumentException forward = Assert.Throws<ArgumentException>(() => net.Forward("conv2", "conv1"));
        Assert.Contains(
            "Layer 'conv2' comes after layer 'conv1' in net '12Net'.", forward.Message, StringComparison.Ordinal);
        ArgumentException backward = Assert.Throws<ArgumentException>(() => net.Backward("conv1", "conv2"));
        Assert.Contains(
            "Layer 'conv2' comes after layer 'conv1' in net '12Net'.", backward.Message, StringComparison.Ordinal);
        KeyNotFoundException unknown = Assert.Throws<KeyNotFoundException>(() => net.Forward("conv9", null));
        Assert.Contains("There is no layer 'conv9' in net '12Net'.", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reshape_carries_the_inputs_shape_through_and_makes_views_stale()
    {
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        net.Forward();
        ReadOnlyBlobView probabilities = net.Blobs["prob1"].Data;
        Assert.Equal(2, probabilities.Span.Length);

        net.Inputs["data"].Reshape(1, 3, 40, 30);
        net.Reshape();

        Assert.Equal([1, 2, 15, 10], net.Blobs["prob1"].Shape.ToArray());
        StaleBlobViewException error = Assert.Throws<StaleBlobViewException>(() => probabilities.Span.Length);
        Assert.Contains("view of blob 'prob1'", error.Message, StringComparison.Ordinal);
        Assert.Contains("it was 1 x 2 x 1 x 1 then and is 1 x 2 x 15 x 10 now", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forward_reshapes_by_itself()
    {
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        net.Inputs["data"].Reshape(2, 3, 40, 30);
        net.Forward();
        Assert.Equal([2, 4, 15, 10], net.Blobs["conv4-2"].Shape.ToArray());
    }

    [Fact]
    public void Shapes_that_come_and_go_leave_no_memory_behind()
    {
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        RunAllShapes();
        long before = CaffeRuntime.BlobMemory;
        for (int round = 0; round < 20; round++)
        {
            RunAllShapes();
        }

        Assert.Equal(before, CaffeRuntime.BlobMemory);

        void RunAllShapes()
        {
            for (int side = 120; side >= 12; side -= 12)
            {
                net.Inputs["data"].Reshape(1, 3, side, 132 - side);
                net.Forward();
            }
        }
    }

    [Fact]
    public void Shape_that_a_layer_cannot_take_names_the_layer_and_the_net_still_runs()
    {
        using Net net = Net.FromFile(Originals.Net24, Originals.Weights24);
        Blob data = net.Inputs["data"];
        data.CopyFrom(Photo.Face(24, 24));
        net.Forward();
        float[] before = net.Blobs["prob1"].ToArray();

        data.Reshape(1, 3, 30, 24);
        CaffeException error = Assert.Throws<CaffeException>(() => net.Forward());
        Assert.Equal(CaffeErrorKind.Check, error.Kind);
        Assert.Equal("conv4", error.LayerName);
        Assert.Contains("conv4", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.SourceFile);
        Assert.Throws<CaffeException>(net.Reshape);

        data.Reshape(1, 3, 24, 24);
        data.CopyFrom(Photo.Face(24, 24));
        net.Forward();
        Assert.Equal(before, net.Blobs["prob1"].ToArray());
    }

    [Fact]
    public void Saved_blobs_are_seen_by_numpy()
    {
        using TemporaryFolder folder = new();
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        net.Inputs["data"].CopyFrom(Photo.Face(12, 12));
        net.Forward();
        string all = folder.File("all.npz");
        string some = folder.File("some.npz");
        net.SaveBlobs(all);
        net.SaveBlobs(some, "prob1", "conv4-2");

        Assert.Equal(
            $"{net.Blobs.Count} (1, 3, 12, 12) ['prob1', 'conv4-2']\n",
            Pycaffe.Run("a = np.load(args[0])\nprint(len(a.files), a['data'].shape, np.load(args[1]).files)", all, some));
        Assert.Equal(net.Blobs["prob1"].ToArray(), Npz.Read(all)["prob1"].Values());
        Assert.Throws<KeyNotFoundException>(() => net.SaveBlobs(some, "prob"));
        Assert.Throws<DirectoryNotFoundException>(() => net.SaveBlobs(folder.File("none/all.npz")));
    }

    [Fact]
    public void Seed_gives_the_same_fillers_and_dropout_on_any_thread()
    {
        const string Definition = """
            layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 100 } } }
            layer { name: "ip" type: "InnerProduct" bottom: "data" top: "ip"
                    inner_product_param { num_output: 50 weight_filler { type: "xavier" } } }
            layer { name: "drop" type: "Dropout" bottom: "ip" top: "drop" }
            """;

        static float[] Run(uint? seed)
        {
            using Net net = Net.FromText(Definition, new() { Phase = Phase.Train, Seed = seed });
            net.Inputs[0].MutableData.Span.Fill(1);
            net.Forward();
            return net.Blobs["drop"].ToArray();
        }

        float[] first = Run(7);
        float[]? onThread = null;
        Thread thread = new(() => onThread = Run(7));
        thread.Start();
        thread.Join();
        Assert.Equal(first, onThread);
        Assert.NotEqual(first, Run(8));
        Assert.NotEqual(Run(null), Run(null));
    }
}
