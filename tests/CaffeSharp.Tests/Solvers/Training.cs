using System.Globalization;
using System.Numerics.Tensors;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Solvers;

/// <summary>A folder with a small classifier to train, its solver, and a batch: four classes of noisy patterns.</summary>
internal sealed class Training : IDisposable
{
    internal const int Batch = 16;
    internal const int Classes = 4;
    private const int Pixels = 8 * 8;

    private readonly TemporaryFolder _folder = new();

    internal Training(string settings, string type = "SGD", string iterations = "max_iter: 20")
    {
        Net = _folder.Write("net.prototxt", Definition);
        SolverText = $"""
            net: "net.prototxt" type: "{type}" {iterations} random_seed: 7 snapshot_after_train: false {settings}
            """;
        Solver = _folder.Write("solver.prototxt", SolverText);
        Random random = new(3);
        Labels = [.. Enumerable.Range(0, Batch).Select(index => (float)(index % Classes))];
        Data = [.. Enumerable.Range(0, Batch * Pixels).Select(index =>
            MathF.Sin((index % Pixels) * (1 + Labels[index / Pixels])) + ((float)random.NextDouble() * 0.5f))];
        Npy.Write(_folder.File("data.npy"), Data, [Batch, 1, 8, 8]);
        Npy.Write(_folder.File("label.npy"), Labels, [Batch]);
    }

    /// <summary>Convolution, pooling and dropout, so that the random streams are compared too.</summary>
    internal static string Definition => string.Create(CultureInfo.InvariantCulture, $$"""
        name: "Patterns"
        layer {
          name: "input" type: "Input" top: "data" top: "label"
          input_param { shape { dim: {{Batch}} dim: 1 dim: 8 dim: 8 } shape { dim: {{Batch}} } }
        }
        layer {
          name: "conv" type: "Convolution" bottom: "data" top: "conv" param { lr_mult: 1 } param { lr_mult: 2 decay_mult: 0 }
          convolution_param { num_output: 4 kernel_size: 3 weight_filler { type: "gaussian" std: 0.2 } }
        }
        layer { name: "pool" type: "Pooling" bottom: "conv" top: "pool" pooling_param { pool: MAX kernel_size: 2 stride: 2 } }
        layer { name: "relu" type: "ReLU" bottom: "pool" top: "pool" }
        layer { name: "drop" type: "Dropout" bottom: "pool" top: "pool" dropout_param { dropout_ratio: 0.3 } }
        layer {
          name: "ip" type: "InnerProduct" bottom: "pool" top: "ip"
          inner_product_param { num_output: {{Classes}} weight_filler { type: "xavier" } }
        }
        layer { name: "loss" type: "SoftmaxWithLoss" bottom: "ip" bottom: "label" top: "loss" }
        layer { name: "accuracy" type: "Accuracy" bottom: "ip" bottom: "label" top: "accuracy" include { phase: TEST } }
        """);

    internal string Net { get; }

    internal string Solver { get; }

    internal string SolverText { get; }

    internal float[] Data { get; }

    internal float[] Labels { get; }

    internal string Folder => _folder.Path;

    /// <summary>What tells pycaffe of the same.</summary>
    internal IReadOnlyList<string> Arguments =>
    [
        "--solver", Solver, "--input", $"data={_folder.File("data.npy")}", "--input", $"label={_folder.File("label.npy")}",
    ];

    internal string File(string name) => _folder.File(name);

    internal Solver Start() => Fed(CaffeSharp.Solver.FromFile(Solver));

    /// <summary>Puts the batch into the solver's nets.</summary>
    internal Solver Fed(Solver solver)
    {
        foreach (Net net in solver.TestNets.Prepend(solver.Net))
        {
            net.Blobs["data"].CopyFrom(Data);
            net.Blobs["label"].CopyFrom(Labels);
        }

        return solver;
    }

    internal static float[] Weights(Net net) =>
        [.. net.Parameters.Values.SelectMany(parameters => parameters).SelectMany(blob => blob.ToArray())];

    internal static float[] Weights(IReadOnlyDictionary<string, Tensor<float>> arrays) =>
        [.. arrays.Where(array => array.Key.StartsWith("param/", StringComparison.Ordinal))
            .SelectMany(array => array.Value.Values())];

    public void Dispose() => _folder.Dispose();
}
