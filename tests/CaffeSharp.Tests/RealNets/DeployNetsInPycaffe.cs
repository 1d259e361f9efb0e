using System.Numerics.Tensors;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.RealNets;

/// <summary>The nets with weights, run by pycaffe, all in one process.</summary>
public sealed class DeployNetsInPycaffe : IDisposable
{
    internal const int Batch = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<bool> _ran;

    // Run by the first test, so that a machine without pycaffe skips the tests and does not fail here.
    public DeployNetsInPycaffe() => _ran = new(Run);

    /// <summary>Runs the nets, unless it has been done.</summary>
    internal void Prepare() => _ = _ran.Value;

    private bool Run()
    {
        _ = Pycaffe.Python;
        List<string> lines = [];
        foreach (DeployNet deploy in DeployNet.All)
        {
            using Net net = Net.FromFile(deploy.Definition);
            bool hasCaffeNets = deploy.OfCaffeNet && deploy.Path != DeployNet.CaffeNet;
            string[] own = hasCaffeNets ? [deploy.Learnt[^1]] : [.. net.Parameters.Keys];
            DeployNet.Fill(own.SelectMany(layer => net.Parameters[layer]), seed: 1);
            if (hasCaffeNets)
            {
                WriteLayer(net, deploy);
            }
            else
            {
                net.Save(Weights(deploy)[0]);
            }

            DeployNet.Feed(net, Batch);
            net.Inputs[0].SaveNpy(File(deploy, "data.npy"));
            Npy.Write(File(deploy, "slope.npy"), DeployNet.Slope(net), net.Outputs[0].Shape);
            lines.Add(string.Join('\t',
            [
                "--prototxt", deploy.Definition, .. Weights(deploy).SelectMany(path => new[] { "--weights", path }),
                "--input", $"{net.Inputs[0].Name}={File(deploy, "data.npy")}", "--backward",
                "--diff", $"{net.Outputs[0].Name}={File(deploy, "slope.npy")}", "--out", File(deploy, "out.npz"),
                "--only", "data/", .. deploy.Learnt.SelectMany(layer => new[] { "--only", $"param_diff/{layer}/" }),
            ]));
        }

        Pycaffe.RunScript("forward.py", "@" + _folder.Write("runs.txt", string.Join('\n', lines)));
        return true;
    }

    public void Dispose() => _folder.Dispose();

    internal IReadOnlyDictionary<string, Tensor<float>> Result(DeployNet deploy) => Npz.Read(File(deploy, "out.npz"));

    /// <summary>The files that the net's weights come from, one after the other.</summary>
    internal string[] Weights(DeployNet deploy) => deploy.OfCaffeNet && deploy.Path != DeployNet.CaffeNet
        ? [.. Weights(DeployNet.All[0]), File(deploy, "weights.caffemodel")]
        : [File(deploy, "weights.caffemodel")];

    /// <summary>A caffemodel of the last layer alone.</summary>
    private void WriteLayer(Net net, DeployNet deploy)
    {
        LayerParameter layer = new() { Name = deploy.Learnt[^1], Type = "InnerProduct" };
        foreach (Blob parameter in net.Parameters[layer.Name])
        {
            BlobProto blob = new() { Shape = new() };
            foreach (int length in parameter.Shape)
            {
                blob.Shape.Dim.Add(length);
            }

            blob.Data.Add(parameter.ToArray());
            layer.Blobs.Add(blob);
        }

        BinaryProto.WriteFile(File(deploy, "weights.caffemodel"), new NetParameter { Layer = { layer } });
    }

    private string File(DeployNet deploy, string name) => _folder.File($"{deploy.Name}-{name}");
}
