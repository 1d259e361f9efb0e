using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.RealNets;

/// <summary>The nets that come with Caffe, held against pycaffe on the same weights.</summary>
[Collection(AloneCollection.Name)]
public sealed class DeployNetTests : LeakGate, IClassFixture<DeployNetsInPycaffe>
{
    private readonly DeployNetsInPycaffe _pycaffe;

    public DeployNetTests(DeployNetsInPycaffe pycaffe)
    {
        pycaffe.Prepare();
        _pycaffe = pycaffe;
    }

    public static TheoryData<string> Nets => [.. DeployNet.All.Select(deploy => deploy.Path)];

    [Theory]
    [MemberData(nameof(Nets))]
    public void Net_gives_pycaffes_blobs_and_gradients_whatever_the_batch(string path)
    {
        DeployNet deploy = DeployNet.All.Single(one => one.Path == path);
        using Net net = Net.FromFile(deploy.Definition);
        WeightsReport report = net.CopyFrom(_pycaffe.Weights(deploy));
        Assert.Empty(report.MissingLayers);

        DeployNet.Feed(net, DeployNetsInPycaffe.Batch);
        net.Forward();
        DeployNet.Slope(net).CopyTo(net.Outputs[0].MutableDiff.Span);
        net.Backward();
        NetDifference difference = NetDifference.Between(net, _pycaffe.Result(deploy));
        Assert.True(difference.Compared > net.Layers.Count / 2);
        Assert.True(difference.Largest <= 1e-5, difference.ToString());

        float[] firstRow = net.Outputs[0].ToArray()[..(net.Outputs[0].Count / DeployNetsInPycaffe.Batch)];
        DeployNet.Feed(net, 1);
        net.Forward();
        Assert.Equal(firstRow.Length, net.Outputs[0].Count);
        Assert.InRange(Close.Difference(firstRow, net.Outputs[0].Data) / firstRow.Max(Math.Abs), 0, 1e-5);
    }

    [Fact]
    public void Clone_of_CaffeNet_costs_no_weights()
    {
        // Blobs keep the room of the definition's batch, which is ten.
        NetParameter definition = Prototxt.ReadFile<NetParameter>(DeployNet.All[0].Definition);
        definition.Layer[0].InputParam.Shape[0].Dim[0] = 1;
        using Net net = Net.FromParameter(definition);
        net.Forward();
        long whole = CaffeRuntime.BlobMemory;
        long resident = ProcessMemory.Resident;
        using Net clone = net.CloneSharingWeights();
        clone.Forward();
        long weights = net.Parameters.Values.SelectMany(parameters => parameters).Sum(blob => 4L * blob.Count);
        Assert.InRange(weights, 240_000_000, 250_000_000);
        Assert.InRange(CaffeRuntime.BlobMemory - whole, 1, weights / 10);
        Assert.InRange(ProcessMemory.Resident - resident, long.MinValue, weights / 5);
    }
}
