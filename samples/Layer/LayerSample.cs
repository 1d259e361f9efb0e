namespace CaffeSharp.Samples;

/// <summary>A layer in C#: registered, named in a net, its gradient checked, and used in training.</summary>
internal static class LayerSample
{
    private const string Net = """
        layer { name: "data" type: "DummyData" top: "x" top: "y"
          dummy_data_param { shape { dim: 64 dim: 3 } shape { dim: 64 dim: 1 }
            data_filler { type: "gaussian" } data_filler { type: "constant" value: 0.5 } } }
        layer { name: "hidden" type: "InnerProduct" bottom: "x" top: "hidden"
          inner_product_param { num_output: 8 weight_filler { type: "xavier" } } }
        layer { name: "sine" type: "Managed" bottom: "hidden" top: "sine" python_param { module: "samples" layer: "Sine" } }
        layer { name: "line" type: "InnerProduct" bottom: "sine" top: "line"
          inner_product_param { num_output: 1 weight_filler { type: "xavier" } } }
        layer { name: "loss" type: "EuclideanLoss" bottom: "line" bottom: "y" top: "loss" }
        """;

    /// <summary>Checks the layer's gradient against differences of its outputs, and trains a net that has it.</summary>
    /// <returns>Whether the gradient is right and the loss falls to a tenth.</returns>
    internal static bool Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        ManagedLayers.Register<SineLayer>(module: "samples", layer: "Sine");
        using Solver solver = Solver.FromText($$"""
            net_param { {{Net}} }
            base_lr: 0.05 lr_policy: "fixed" momentum: 0.9 max_iter: 100 random_seed: 1 snapshot_after_train: false
            """);
        solver.Net.Forward();
        float first = solver.Net.Blobs["loss"].Data.Span[0];

        GradientReport report = new GradientChecker().Check(solver.Net, "sine");
        output.WriteLine($"{report.CheckedValues} gradients checked, {report.Differences.Count} wrong.");

        solver.Step(100);
        solver.Net.Forward();
        float last = solver.Net.Blobs["loss"].Data.Span[0];
        output.WriteLine($"The loss was {first:F4} and is {last:F4} after 100 iterations.");
        return report.Differences.Count == 0 && last < first / 10;
    }
}
