using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.RealNets;

/// <summary>A net for inference that comes with Caffe.</summary>
/// <param name="Path">Its definition in Caffe's tree.</param>
/// <param name="OfCaffeNet">Whether its layers are CaffeNet's, but for the last.</param>
/// <param name="Learnt">Layers, the first and others, whose gradients are compared.</param>
internal sealed record DeployNet(string Path, bool OfCaffeNet, params string[] Learnt)
{
    internal const string CaffeNet = "models/bvlc_reference_caffenet/deploy.prototxt";

    internal static readonly IReadOnlyList<DeployNet> All =
    [
        new(CaffeNet, true, "conv1", "conv4", "fc8"),
        new("models/bvlc_alexnet/deploy.prototxt", true, "conv1", "conv4", "fc8"),
        new("models/bvlc_reference_rcnn_ilsvrc13/deploy.prototxt", true, "conv1", "conv4", "fc-rcnn"),
        new("models/finetune_flickr_style/deploy.prototxt", true, "conv1", "conv4", "fc8_flickr"),
        new("models/bvlc_googlenet/deploy.prototxt", false, "conv1/7x7_s2", "inception_4a/3x3", "loss3/classifier"),
        new("examples/mnist/lenet.prototxt", false, "conv1", "conv2", "ip2"),
        new("examples/cifar10/cifar10_quick.prototxt", false, "conv1", "conv3", "ip2"),
        new("examples/cifar10/cifar10_full.prototxt", false, "conv1", "conv3", "ip1"),
        new("examples/siamese/mnist_siamese.prototxt", false, "conv1", "conv2", "feat"),
    ];

    internal string Definition => CaffeTree.File(Path);

    /// <summary>What its files are called.</summary>
    internal string Name => Path.Replace('/', '_').Replace(".prototxt", string.Empty, StringComparison.Ordinal);

    /// <summary>Fills weights so that values neither die out nor grow from layer to layer (He et al. 2015), and biases with a
    /// little.</summary>
    internal static void Fill(IEnumerable<Blob> parameters, int seed)
    {
        Random random = new(seed);
        foreach (Blob parameter in parameters)
        {
            bool isWeight = parameter.Axes > 1;
            float bound = isWeight ? MathF.Sqrt(6f * parameter.Dimension(0) / parameter.Count) : 0.05f;
            foreach (ref float value in parameter.MutableData.Span)
            {
                value = ((2 * random.NextSingle()) - 1) * bound;
            }
        }
    }

    /// <summary>Shapes the input for a batch, of which each row is the same whatever the batch.</summary>
    internal static void Feed(Net net, int batch)
    {
        Blob data = net.Inputs[0];
        data.Reshape([batch, .. data.Shape[1..]]);
        net.Reshape();
        Random random = new(5);
        foreach (ref float value in data.MutableData.Span)
        {
            value = (2 * random.NextSingle()) - 1;
        }
    }

    /// <summary>Slopes to start from at the output: all different.</summary>
    internal static float[] Slope(Net net) =>
        [.. Enumerable.Range(0, net.Outputs[0].Count).Select(index => MathF.Sin(index + 1))];
}
