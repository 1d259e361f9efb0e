using System.Numerics.Tensors;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Blobs;

/// <summary>What a blob and its views know about memory that changes behind them: values are read without asking the library as
/// long as nothing can have changed, and no longer.</summary>
public sealed class BlobAccessTests : LeakGate
{
    [Fact]
    public void Value_read_after_each_run_when_the_input_changes_then_is_the_new_one()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        net.Parameters["ip"][0].CopyFrom([1, 2, 3, 4, 5, 6]);
        Blob output = net.Blobs["ip"];
        ReadOnlyBlobView view = output.Data;
        for (int value = 0; value < 4; value++)
        {
            net.Inputs[0].MutableData[0, 0] = value;
            net.Forward();
            Assert.Equal([value + 0.5f, (3 * value) + 0.5f, (5 * value) + 0.5f], output.ToArray());
            Assert.Equal((3 * value) + 0.5f, output.Data[0, 1]);
            Assert.Equal((3 * value) + 0.5f, view[0, 1]);
        }
    }

    [Theory]
    [InlineData(Engine.Caffe)]
    [InlineData(Engine.Accelerated)]
    public void Blob_inside_a_net_when_read_after_each_of_two_runs_then_has_that_runs_values(Engine engine)
    {
        using Net net = Net.FromFile(Originals.Net24, Originals.Weights24, new() { Engine = engine });
        using Net caffe = Net.FromFile(Originals.Net24, Originals.Weights24);
        Tensor<float> face = Tensor.Create(Photo.Face(24, 24), [1, 3, 24, 24]);
        Tensor<float> negative = Tensor.Negate<float>(face);
        foreach (Tensor<float> image in (Tensor<float>[])[face, negative, face])
        {
            net.Run(image);
            caffe.Run(image);
            foreach (string blob in (string[])["conv1", "conv2", "prob1"])
            {
                Assert.InRange(Close.Difference(caffe.Blobs[blob].Data, net.Blobs[blob].Data), 0, 1e-5);
                Assert.Equal(caffe.Blobs[blob].Data[new int[caffe.Blobs[blob].Axes]], net.Blobs[blob].Data[new int[net.Blobs[blob].Axes]], 1e-5);
            }
        }
    }

    [Fact]
    public void View_of_a_net_when_a_run_reshapes_it_then_is_stale_and_the_blob_is_not()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        net.Forward();
        Blob output = net.Blobs["ip"];
        ReadOnlyBlobView view = output.Data;
        BlobView written = output.MutableData;
        Assert.Equal(0.5f, view[0, 2]);

        net.Inputs[0].Reshape(5, 2);
        Assert.Equal(0.5f, view[0, 2]);
        net.Forward();

        StaleBlobViewException error = Assert.Throws<StaleBlobViewException>(() => view[0, 2]);
        Assert.Contains("This view of blob 'ip' (5 x 3) is stale: it was 1 x 3 then and is 5 x 3 now.", error.Message, StringComparison.Ordinal);
        Assert.Throws<StaleBlobViewException>(() => written[0, 2] = 1);
        Assert.Equal(0.5f, output.Data[4, 2]);
        Assert.Equal(15, output.Count);
        Assert.Equal([5, 3], output.ToTensor().Shape());
    }

    [Fact]
    public void View_that_a_hook_took_when_a_later_layer_of_the_same_run_reshapes_then_is_stale()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        net.Forward();
        net.Inputs[0].Reshape(4, 2);
        List<string> seen = [];
        using IDisposable before = net.BeforeForward(layer => seen.Add($"before {layer.Name} {net.Blobs["ip"].Data.Length} {net.Blobs["ip"].Count}"));
        using IDisposable after = net.AfterForward(layer => seen.Add($"after {layer.Name} {net.Blobs["ip"].Data.Length} {net.Blobs["ip"].Count}"));
        ReadOnlyBlobView view = default;
        using IDisposable take = net.BeforeForward(layer => view = layer.Name == "ip" ? net.Blobs["ip"].Data : default);
        using IDisposable use = net.AfterForward(layer =>
        {
            if (layer.Name == "ip")
            {
                Assert.Throws<StaleBlobViewException>(() => view[0, 0]);
            }
        });

        net.Forward();

        Assert.Equal(["before data 3 3", "after data 3 3", "before ip 3 3", "after ip 12 12"], seen);
        Assert.Equal(3, view.Length);
    }

    [Fact]
    public void Parameter_when_another_nets_is_shared_then_is_read_from_there_and_its_old_view_is_stale()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        using Net other = Net.FromText(SmallNets.InnerProduct);
        net.Parameters["ip"][0].CopyFrom([1, 2, 3, 4, 5, 6]);
        other.Parameters["ip"][0].CopyFrom([7, 8, 9, 10, 11, 12]);
        Blob weights = net.Parameters["ip"][0];
        ReadOnlyBlobView view = weights.Data;
        Assert.Equal(2, view[0, 1]);

        net.ShareWith(other);

        Assert.Equal(8, weights.Data[0, 1]);
        Assert.Contains(
            "its memory has moved", Assert.Throws<StaleBlobViewException>(() => view[0, 1]).Message, StringComparison.Ordinal);
        other.Parameters["ip"][0].MutableData[0, 1] = 80;
        Assert.Equal(80, weights.Data[0, 1]);
    }

    [Theory]
    [InlineData(Engine.Caffe)]
    [InlineData(Engine.Accelerated)]
    public void Parameter_written_through_a_view_from_before_when_a_sharing_net_ran_in_between_then_counts_in_its_next_run(Engine engine)
    {
        using Net net = Net.FromText(SmallNets.InnerProduct, new() { Engine = engine });
        net.Parameters["ip"][0].CopyFrom([1, 2, 3, 4, 5, 6]);
        using Net clone = net.CloneSharingWeights();
        Tensor<float> input = Tensor.Create(new float[] { 10, 100 }, [1, 2]);
        BlobView weights = net.Parameters["ip"][0].MutableData;
        weights[0, 0] = 2;
        Assert.Equal(220.5f, clone.Run(input)["ip"][0, 0]);

        weights[0, 0] = 3;

        Assert.Equal(230.5f, clone.Run(input)["ip"][0, 0]);
        Assert.Equal(230.5f, net.Run(input)["ip"][0, 0]);
        net.Parameters["ip"][0].MutableData[0, 1] = 0;
        Assert.Equal(30.5f, clone.Run(input)["ip"][0, 0]);
    }

    [Fact]
    public void Values_read_when_weights_are_copied_into_a_net_then_are_the_new_ones()
    {
        using TemporaryFolder folder = new();
        using Net net = Net.FromFile(Originals.Net12);
        Blob weights = net.Parameters["conv1"][0];
        float before = weights.Data[0, 0, 0, 0];
        net.CopyFrom(Originals.Weights12);
        using Net fresh = Net.FromFile(Originals.Net12, Originals.Weights12);
        Assert.NotEqual(before, weights.Data[0, 0, 0, 0]);
        Assert.Equal(fresh.Parameters["conv1"][0].Data[0, 0, 0, 0], weights.Data[0, 0, 0, 0]);
    }

    [Fact]
    public void Views_and_blobs_of_a_net_when_it_is_disposed_then_are_refused_without_a_crash()
    {
        Net net = Net.FromText(SmallNets.InnerProduct);
        net.Forward();
        Blob output = net.Blobs["ip"];
        ReadOnlyBlobView view = output.Data;
        BlobView written = output.MutableDiff;
        Assert.Equal(0.5f, view[0, 0]);

        net.Dispose();

        Assert.Throws<ObjectDisposedException>(() => view[0, 0]);
        Assert.Throws<ObjectDisposedException>(() => written[0, 0] = 1);
        Assert.Throws<ObjectDisposedException>(() => output.Data.Length);
        Assert.Throws<ObjectDisposedException>(() => output.Shape.Length);
        Assert.Throws<ObjectDisposedException>(() => output.ToTensor());
        Assert.Equal(3, view.Length);
    }

    [Fact]
    public void Tensor_of_a_blob_when_the_blob_changes_then_stays_as_it_was()
    {
        Tensor<float> tensor;
        using (Blob blob = new(2, 3))
        {
            blob.CopyFrom([1, 2, 3, 4, 5, 6]);
            tensor = blob.ToTensor();
            blob.MutableData[1, 2] = 7;
        }

        Assert.Equal([2, 3], tensor.Shape());
        Assert.Equal(6, tensor[1, 2]);
        using Blob scalar = new();
        scalar.CopyFrom([3]);
        Assert.Equal([1], scalar.ToTensor().Shape());
        Assert.Equal(3, scalar.ToTensor()[0]);
        using Blob empty = new(0, 3);
        Assert.Equal([0, 3], empty.ToTensor().Shape());
    }
}
