using System.Numerics.Tensors;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Community;

/// <summary>
/// Layers of forks against the numbers of the forks' own code, which golden/*.npz hold. tests/community/README.md says how they were made.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class ForkParityTests : LeakGate
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Cases => [.. ForkCase.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Layer_when_run_gives_the_forks_outputs_and_gradients(string name)
    {
        ForkCase fork = ForkCase.All.Single(one => one.Name == name);
        using Net net = fork.Run();
        Dictionary<string, Tensor<float>> results = Results(net, fork);
        string golden = Repository.Folder("tests", "CaffeSharp.Tests", "Community", "golden", $"{name}.npz");
        if (Environment.GetEnvironmentVariable("CAFFESHARP_GOLDEN_OUT") is { Length: > 0 } output)
        {
            Npz.Write(Path.Combine(output, $"{name}.npz"), results);
            return;
        }

        IReadOnlyDictionary<string, Tensor<float>> expected = Npz.Read(golden);

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), results.Keys.Order(StringComparer.Ordinal));
        foreach ((string key, Tensor<float> values) in expected)
        {
            float[] want = [.. values], got = [.. results[key]];
            Assert.Equal(values.Lengths.ToArray(), results[key].Lengths.ToArray());
            double scale = Math.Max(want.Max(value => Math.Abs((double)value)), 1e-6);
            double difference = Close.Difference(want, got) / scale;
            Assert.True(difference <= Tolerance, $"{key} differs by {difference:E1}, relative to its largest value.");
        }
    }

    // The gradients of the parameters that are learned; a fork may leave anything in those of its statistics.
    private static Dictionary<string, Tensor<float>> Results(Net net, ForkCase fork)
    {
        Dictionary<string, Tensor<float>> results = fork.TopNames.ToDictionary(name => name, name => net.Blobs[name].ToTensor());
        for (int index = 0; fork.HasBackward && index < (fork.Gradients < 0 ? fork.Shapes.Length : fork.Gradients); index++)
        {
            results[$"gradient{index}"] = Gradients(net.Blobs[$"in{index}"]);
        }

        if (net.Parameters.TryGetValue("layer", out IReadOnlyList<Blob>? parameters))
        {
            for (int index = 0; index < parameters.Count; index++)
            {
                results[$"parameter{index}"] = parameters[index].ToTensor();
                if (fork.HasBackward && index < 2 && fork.Name != "bn_pspnet_frozen")
                {
                    results[$"slope{index}"] = Gradients(parameters[index]);
                }
            }
        }

        return results;
    }

    private static Tensor<float> Gradients(Blob blob) => Tensor.Create(blob.Diff.Span.ToArray(), [(nint)blob.Count]);
}
