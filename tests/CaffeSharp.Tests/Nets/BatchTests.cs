using System.Numerics.Tensors;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Nets;

/// <summary>More rows than the net takes at once.</summary>
public sealed class BatchTests : LeakGate
{
    private const string TwoInputs = """
        name: "Two"
        force_backward: true
        layer { name: "a" type: "Input" top: "a" top: "b" input_param { shape { dim: 4 dim: 3 } shape { dim: 4 dim: 3 } } }
        layer { name: "sum" type: "Eltwise" bottom: "a" bottom: "b" top: "sum" }
        layer { name: "ip" type: "InnerProduct" bottom: "sum" top: "ip"
                inner_product_param { num_output: 2 weight_filler { type: "gaussian" std: 1 } } }
        """;

    [Fact]
    public void All_rows_are_those_of_pycaffes_forward_all_and_forward_backward_all()
    {
        const int rows = 11;
        using TemporaryFolder folder = new();
        string prototxt = folder.Write("net.prototxt", TwoInputs);
        using Net net = Net.FromFile(prototxt, new() { Seed = 5 });
        net.Save(folder.File("net.caffemodel"));
        Dictionary<string, Tensor<float>> inputs = new() { ["a"] = Rows(rows, 3, 1), ["b"] = Rows(rows, 3, 2) };
        Dictionary<string, Tensor<float>> slopes = new() { ["ip"] = Rows(rows, 2, 3) };
        Npz.Write(folder.File("in.npz"), inputs.Concat(slopes).ToDictionary());
        Pycaffe.RunScript(
            "batches.py", prototxt, folder.File("net.caffemodel"), folder.File("in.npz"), folder.File("out.npz"));
        IReadOnlyDictionary<string, Tensor<float>> expected = Npz.Read(folder.File("out.npz"));

        IReadOnlyDictionary<string, Tensor<float>> outputs = net.ForwardAll(inputs, ["sum"]);
        Assert.Equal(["ip", "sum"], outputs.Keys.Order());
        AssertSame(expected["forward_all/ip"], outputs["ip"]);
        AssertSame(expected["forward_all/sum"], outputs["sum"]);

        net.ClearParameterDiffs();
        GradientArrays both = net.ForwardBackwardAll(inputs, slopes, ["sum"], ["sum"]);
        AssertSame(expected["blobs/ip"], both.Blobs["ip"]);
        AssertSame(expected["blobs/sum"], both.Blobs["sum"]);
        foreach (string name in (string[])["a", "b", "sum"])
        {
            AssertSame(expected["diffs/" + name], both.Diffs[name]);
        }

        Assert.InRange(
            Close.Difference(expected["param_diff/ip/0"].Values(), net.Parameters["ip"][0].Diff), 0, 1e-5);
    }

    [Fact]
    public void Rows_of_the_padding_leave_no_trace()
    {
        using Net net = Net.FromText(TwoInputs, new() { Seed = 5 });
        Dictionary<string, Tensor<float>> inputs = new() { ["a"] = Rows(6, 3, 1), ["b"] = Rows(6, 3, 2) };
        Tensor<float> all = net.ForwardAll(inputs)["ip"];
        for (int row = 0; row < 6; row++)
        {
            Dictionary<string, Tensor<float>> one = inputs.ToDictionary(
                input => input.Key, input => input.Value.Slice([row..(row + 1), 0..3]));
            Assert.Equal(all.Values()[(row * 2)..((row + 1) * 2)], net.ForwardAll(one)["ip"].Values());
        }

        // The last batch was one row, and three of zeros.
        Assert.Equal(new float[9], net.Blobs["a"].ToArray()[3..]);
    }

    [Fact]
    public void Gradients_start_from_the_losses_where_no_diffs_are_given()
    {
        using Net net = Net.FromText(TwoInputs + """
            layer { name: "norm" type: "Reduction" bottom: "ip" top: "norm" loss_weight: 1
                    reduction_param { operation: SUMSQ axis: 1 } }
            """, new() { Seed = 5 });
        Dictionary<string, Tensor<float>> inputs = new() { ["a"] = Rows(5, 3, 1), ["b"] = Rows(5, 3, 2) };
        GradientArrays both = net.ForwardBackwardAll(inputs, blobs: ["ip"], diffs: ["ip"]);
        Assert.Equal([5], both.Blobs["norm"].Shape());
        Assert.Equal(
            both.Blobs["ip"].Values().Select(value => 2 * value), both.Diffs["ip"].Values());
    }

    [Fact]
    public void Wrong_arrays_are_refused_by_name()
    {
        SharedFolder.RequireOriginals();
        using Net net = Net.FromText(TwoInputs);
        Tensor<float> good = Rows(5, 3, 1);
        Refused("is not an input of net 'Two'. Did you mean 'a'?", ("A", good), ("b", good));
        Refused("no tensor for the input 'b' (4 x 3) of net 'Two'. Given are: a.", ("a", good));
        Refused("'b' has 4 rows, the one for 'a' has 5", ("a", good), ("b", Rows(4, 3, 1)));
        Refused("is 5 x 2; all but the first axis must be the blob's", ("a", Rows(5, 2, 1)), ("b", good));
        Refused("has no rows", ("a", Tensor.CreateFromShape<float>([0, 3])), ("b", good));
        Refused("is 1; all but the first axis must be the blob's", ("a", Tensor.Create(new float[1], [1])), ("b", good));
        Assert.Throws<ArgumentNullException>(() => net.ForwardAll(null!));
        Dictionary<string, Tensor<float>> inputs = new() { ["a"] = good, ["b"] = good };
        Assert.Contains(
            "'sum'", Assert.Throws<KeyNotFoundException>(() => net.ForwardAll(inputs, ["sun"])).Message, StringComparison.Ordinal);
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => net.ForwardBackwardAll(inputs, new Dictionary<string, Tensor<float>> { ["ip"] = Rows(4, 2, 1) }));
        Assert.Contains("diffs have 4 rows", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(
            () => net.ForwardBackwardAll(inputs, new Dictionary<string, Tensor<float>> { ["sum"] = good }));
        Assert.Contains("is not an output of net 'Two'", error.Message, StringComparison.Ordinal);

        net.Inputs["b"].Reshape(2, 3);
        Refused("does not have the 4 rows of the net's batch", ("a", good), ("b", good));
        net.Inputs["b"].Reshape(4, 3);
        Assert.Equal([5, 2], net.ForwardAll(inputs)["ip"].Shape());

        void Refused(string words, params (string Name, Tensor<float> Array)[] arrays)
        {
            ArgumentException refused = Assert.Throws<ArgumentException>(
                () => net.ForwardAll(arrays.ToDictionary(array => array.Name, array => array.Array)));
            Assert.Contains(words, refused.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Net_without_inputs_or_with_a_loss_for_the_batch_says_why_rows_cannot_be_gathered()
    {
        using Net dummy = Net.FromText(
            "layer { name: 'd' type: 'DummyData' top: 'd' dummy_data_param { shape { dim: 2 } } }");
        Assert.Contains(
            "makes or reads its data itself",
            Assert.Throws<ArgumentException>(() => dummy.ForwardAll(new Dictionary<string, Tensor<float>>())).Message,
            StringComparison.Ordinal);
        using Net net = Net.FromText(SmallNets.EuclideanLoss, new() { Phase = Phase.Train });
        Dictionary<string, Tensor<float>> inputs = new() { ["left"] = Rows(2, 3, 1), ["right"] = Rows(2, 3, 2) };
        Assert.Contains(
            "'loss'",
            Assert.Throws<InvalidOperationException>(() => net.ForwardAll(inputs)).Message, StringComparison.Ordinal);
        Assert.True(net.Forward() > 0);
    }

    private static Tensor<float> Rows(int rows, int length, int seed)
    {
        Random random = new(seed);
        return Tensor.Create(Enumerable.Range(0, rows * length).Select(_ => random.NextSingle() - 0.5f).ToArray(), [rows, length]);
    }

    private static void AssertSame(Tensor<float> expected, Tensor<float> actual)
    {
        // pycaffe leaves the padding on diffs where more of them are asked for than outputs.
        Assert.Equal(expected.Shape()[1..], actual.Shape()[1..]);
        Assert.Equal(11, actual.Lengths[0]);
        Assert.InRange(Close.Difference(expected.Values().AsSpan(0, actual.Values().Length), actual.Values()), 0, 1e-5);
    }
}
