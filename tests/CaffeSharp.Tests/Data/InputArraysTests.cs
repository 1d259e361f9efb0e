using System.Numerics.Tensors;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Data;

/// <summary>MemoryData: the examples of a net that come from memory.</summary>
public sealed class InputArraysTests : LeakGate
{
    private const string Memory = """
        name: "Memory"
        layer {
          name: "memory" type: "MemoryData" top: "data" top: "label"
          memory_data_param { batch_size: 2 channels: 2 height: 1 width: 3 }
        }
        layer { name: "flat" type: "Flatten" bottom: "data" top: "flat" }
        layer { name: "power" type: "Power" bottom: "data" top: "power" power_param { power: 2 scale: 0.5 shift: 1 } }
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Net_goes_through_the_examples_as_pycaffes_does()
    {
        (float[] data, float[] labels) = Examples(6, 1);
        Npy.Write(_folder.File("data.npy"), data, 6, 2, 1, 3);
        Npy.Write(_folder.File("labels.npy"), labels, 6, 1, 1, 1);
        string prototxt = _folder.Write("net.prototxt", Memory);
        IReadOnlyDictionary<string, Tensor<float>> expected = Pycaffe.DataRuns(
            "--prototxt", prototxt, "--runs", "5", "--data", _folder.File("data.npy"), "--labels", _folder.File("labels.npy"));
        using Net net = Net.FromFile(prototxt);
        net.SetInputArrays(data, labels);
        for (int run = 0; run < 5; run++)
        {
            net.Forward();
            foreach (Blob blob in net.Blobs)
            {
                Assert.Equal(expected[$"{blob.Name}/{run}"].Values(), blob.ToArray());
            }
        }
    }

    [Fact]
    public void Arrays_are_the_callers_again_and_can_be_replaced_at_any_time()
    {
        using Net net = Net.FromText(Memory);
        Blob data = net.Blobs["data"];
        Blob flat = net.Blobs["flat"];
        float[] last = [];
        for (int round = 0; round < 50; round++)
        {
            (float[] values, float[] labels) = Examples(2 * (1 + (round % 3)), round);
            net.SetInputArrays(values, labels);
            float[] first = values[..12];
            Array.Clear(values);
            GC.Collect(0);
            if (round > 0)
            {
                // What was in the blobs stays until the net runs, wherever it lies.
                Assert.Equal(last, data.ToArray());
                Assert.Equal(last, flat.ToArray());
            }

            net.Forward();
            Assert.Equal(first, data.ToArray());
            Assert.Equal(first, flat.ToArray());
            last = first;
        }
    }

    [Fact]
    public void Blobs_of_a_disposed_net_do_not_reach_into_freed_memory()
    {
        Net net = Net.FromText(Memory);
        (float[] values, float[] labels) = Examples(4, 3);
        net.SetInputArrays(values, labels);
        net.Forward();
        Blob data = net.Blobs["data"];
        BlobView view = data.MutableData;
        net.Dispose();
        Assert.Throws<ObjectDisposedException>(() => data.ToArray());
        Assert.Throws<ObjectDisposedException>(() => view.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => net.SetInputArrays(values, labels));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_reported_and_the_old_arrays_stay()
    {
        using Net net = Net.FromText(Memory);
        CaffeException error = Assert.Throws<CaffeException>(() => net.Forward());
        Assert.Equal("memory", error.LayerName);
        (float[] values, float[] labels) = Examples(4, 3);
        net.SetInputArrays(values, labels);
        AssertRefused("23 values and 4 labels do not belong together: an example has 2 x 1 x 3 = 6 values", () =>
            net.SetInputArrays(values.AsSpan(1), labels));
        AssertRefused("24 values and 3 labels", () => net.SetInputArrays(values, labels.AsSpan(1)));
        AssertRefused("3 examples are not a multiple of the batch size, 2", () =>
            net.SetInputArrays(values.AsSpan(6), labels.AsSpan(1)));
        AssertRefused("0 examples", () => net.SetInputArrays([], []));
        AssertRefused("it takes no arrays", () => net.SetInputArrays(values, labels, "flat"));
        Assert.Throws<KeyNotFoundException>(() => net.SetInputArrays(values, labels, "memori"));
        net.Forward();
        Assert.Equal(values[..12], net.Blobs["data"].ToArray());

        using Net without = Net.FromText(SmallNets.InnerProduct);
        Assert.Contains(
            "has no MemoryData layer",
            Assert.Throws<InvalidOperationException>(() => without.SetInputArrays(values, labels)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_several_layers_is_named()
    {
        string second = Memory.Replace("\"memory\"", "\"second\"", StringComparison.Ordinal)
            .Replace("\"data\"", "\"data2\"", StringComparison.Ordinal).Replace("\"label\"", "\"label2\"", StringComparison.Ordinal);
        using Net net = Net.FromText(Memory + second[second.IndexOf("layer", StringComparison.Ordinal)..second.IndexOf(
            "layer { name: \"flat\"", StringComparison.Ordinal)]);
        (float[] values, float[] labels) = Examples(2, 3);
        Assert.Contains(
            "memory, second",
            Assert.Throws<InvalidOperationException>(() => net.SetInputArrays(values, labels)).Message, StringComparison.Ordinal);
        net.SetInputArrays(values, labels, "memory");
        net.SetInputArrays(new float[12], [5, 6], "second");
        net.Forward();
        Assert.Equal(values, net.Blobs["data"].ToArray());
        Assert.Equal([5f, 6], net.Blobs["label2"].ToArray());
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    private static (float[] Data, float[] Labels) Examples(int count, int seed) =>
        ([.. Enumerable.Range(0, count * 6).Select(index => MathF.Sin(index + seed))],
            [.. Enumerable.Range(0, count).Select(index => (float)(index + seed))]);

    private static void AssertRefused(string words, Action use)
    {
        CaffeException error = Assert.Throws<CaffeException>(use);
        Assert.Equal(CaffeErrorKind.Argument, error.Kind);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
