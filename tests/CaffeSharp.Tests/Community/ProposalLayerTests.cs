using System.Numerics.Tensors;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Community;

/// <summary>The proposals of Faster R-CNN against those of its Python layer, and what their parameters refuse.</summary>
[Collection(AloneCollection.Name)]
public sealed class ProposalLayerTests : LeakGate
{
    [Theory]
    [InlineData("proposal_test", Phase.Test, "'feat_stride': 16")]
    [InlineData("proposal_train", Phase.Train, "{'feat_stride': 16, \\\"scales\\\": !!python/tuple [4, 8]}")]
    [InlineData("proposal_small", Phase.Test, "feat_stride: 16\\n'scales': (8, 16, 32)")]
    public void Proposals_when_computed_are_those_of_the_Python_layer(string golden, Phase phase, string parameters)
    {
        IReadOnlyDictionary<string, Tensor<float>> expected = Npz.Read(
            Repository.Folder("tests", "CaffeSharp.Tests", "Community", "golden", $"{golden}.npz"));
        using Net net = Proposals(
            "Python", $"python_param {{ module: 'rpn.proposal_layer' layer: 'ProposalLayer' param_str: \"{parameters}\" }}", expected, phase);

        net.Forward();

        AssertClose(expected["rois"], net.Blobs["rois"], 1e-3);
        AssertClose(expected["rois_scores"], net.Blobs["rois_scores"], 1e-6);
    }

    [Fact]
    public void Proposals_of_the_layer_in_Cpp_when_computed_are_those_of_the_Python_layer()
    {
        IReadOnlyDictionary<string, Tensor<float>> expected = Npz.Read(
            Repository.Folder("tests", "CaffeSharp.Tests", "Community", "golden", "proposal_test.npz"));
        using Net net = Proposals(
            "Proposal", "proposal_param { ratio: 0.5 ratio: 1 ratio: 2 scale: 8 scale: 16 scale: 32 post_nms_topn: 10 }", expected, Phase.Test);

        net.Forward();

        float[] all = [.. expected["rois"]];
        Assert.Equal([10, 5], net.Blobs["rois"].Shape);
        Assert.All(all.Take(50).Zip(net.Blobs["rois"].Data.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    [Theory]
    [InlineData("", "param_str must have feat_stride")]
    [InlineData("'feat_stride': sixteen", "param_str ''feat_stride': sixteen' cannot be read at character 16")]
    [InlineData("'feat_stride': 16, 'scales': [8", "cannot be read at character 32")]
    [InlineData("'feat_stride': 0", "feat_stride must be from 1")]
    [InlineData("'feat_stride': 16, 'scales': []", "there must be a scale and a ratio")]
    public void Parameters_that_cannot_be_used_are_refused_with_the_reason(string parameters, string message)
    {
        IReadOnlyDictionary<string, Tensor<float>> inputs = Npz.Read(
            Repository.Folder("tests", "CaffeSharp.Tests", "Community", "golden", "proposal_small.npz"));

        CaffeException error = Assert.Throws<CaffeException>(() => Proposals(
            "Python", $"python_param {{ module: 'rpn.proposal_layer' layer: 'ProposalLayer' param_str: \"{parameters}\" }}", inputs, Phase.Test));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("layer", error.LayerName);
    }

    private static Net Proposals(string type, string parameters, IReadOnlyDictionary<string, Tensor<float>> inputs, Phase phase)
    {
        string Input(string name) => $"layer {{ name: '{name}' type: 'Input' top: '{name}' input_param {{ shape {{ " +
            $"{string.Concat(inputs[name].Lengths.ToArray().Select(length => $"dim: {length} "))}}} }} }} ";
        Net net = Net.FromText(
            Input("scores") + Input("offsets") + Input("info") +
            $"layer {{ name: 'layer' type: '{type}' bottom: 'scores' bottom: 'offsets' bottom: 'info' top: 'rois' top: 'rois_scores' {parameters} }}",
            new NetOptions { Phase = phase });
        foreach (string name in (string[])["scores", "offsets", "info"])
        {
            float[] values = [.. inputs[name]];
            values.CopyTo(net.Blobs[name].MutableData.Span);
        }

        return net;
    }

    private static void AssertClose(Tensor<float> expected, Blob blob, double tolerance)
    {
        Assert.Equal(expected.Lengths.ToArray(), blob.Shape.ToArray().Select(length => (nint)length));
        float[] wanted = [.. expected];
        Assert.All(wanted.Zip(blob.Data.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
