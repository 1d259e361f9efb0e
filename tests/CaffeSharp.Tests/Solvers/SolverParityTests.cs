using System.Globalization;
using System.Numerics.Tensors;
using System.Text.RegularExpressions;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Solvers;

/// <summary>The same training here and in pycaffe.</summary>
public sealed class SolverParityTests : LeakGate
{
    public static TheoryData<string, string> Solvers => new()
    {
        { "SGD", "base_lr: 0.05 momentum: 0.9 weight_decay: 0.001 lr_policy: 'inv' gamma: 0.01 power: 0.75 clip_gradients: 2" },
        { "Nesterov", "base_lr: 0.02 momentum: 0.9 lr_policy: 'multistep' gamma: 0.5 stepvalue: 50 stepvalue: 120 iter_size: 2" },
        { "AdaGrad", "base_lr: 0.02 lr_policy: 'step' gamma: 0.5 stepsize: 80 weight_decay: 0.001 regularization_type: 'L1'" },
        { "RMSProp", "base_lr: 0.002 rms_decay: 0.95 lr_policy: 'exp' gamma: 0.99" },
        { "AdaDelta", "base_lr: 1 momentum: 0.95 delta: 1e-6 lr_policy: 'poly' power: 0.5" },
        { "Adam", "base_lr: 0.005 momentum: 0.9 momentum2: 0.999 lr_policy: 'sigmoid' gamma: 0.02 stepsize: 100" },
    };

    [Theory]
    [MemberData(nameof(Solvers))]
    public void Two_hundred_iterations_give_pycaffes_losses_and_weights(string type, string settings)
    {
        using Training training = new(settings, type, "max_iter: 250");
        IReadOnlyDictionary<string, Tensor<float>> expected = Pycaffe.Solve([.. training.Arguments, "--steps", "200"]);
        using Solver solver = training.Start();
        Assert.Equal(type, solver.Type);
        float[] losses = new float[200];
        for (int iteration = 0; iteration < losses.Length; iteration++)
        {
            solver.Step(1);
            losses[iteration] = solver.Net.Blobs["loss"].Data[[]];
        }

        Assert.Equal(200, solver.Iteration);
        Assert.Equal(200, expected["iteration"].Values()[0]);
        Assert.True(losses[^20..].Average() < losses[0] / 2, $"it did not learn: {losses[0]} to {losses[^1]}");
        Assert.InRange(Close.Difference(losses, expected["loss"].Values()), 0, 1e-4);
        Assert.InRange(Close.Difference(Training.Weights(solver.Net), Training.Weights(expected)), 0, 1e-4);
    }

    [Fact]
    public void Displays_and_tests_are_those_of_Caffes_log()
    {
        const string settings = "base_lr: 0.05 momentum: 0.9 lr_policy: 'fixed' display: 5 average_loss: 4 " +
            "test_iter: 3 test_interval: 10 test_compute_loss: true";
        using Training training = new(settings);
        string log = Pycaffe.Log("solve.py", [.. training.Arguments, "--solve", "--out", training.File("out.npz")]);
        using Solver solver = training.Start();
        Heard heard = new();
        Assert.True(solver.Solve(heard));
        Assert.Equal(20, solver.Iteration);

        AssertLogged(
            log, @"Iteration \d+.*, loss = (?<number>\S+)",
            heard.Of(SolverProgressKind.Display).Select(progress => progress.Loss!.Value));
        AssertLogged(
            log, @"Test loss: (?<number>\S+)", heard.Of(SolverProgressKind.Test).Select(progress => progress.Loss!.Value));
        AssertLogged(
            log, @"Test net output #\d+: accuracy = (?<number>\S+)",
            heard.Of(SolverProgressKind.Test)
                .Select(progress => progress.Outputs.Single(output => output.Blob == "accuracy").Value));
        AssertLogged(
            log, @"Iteration \d+, lr = (?<number>\S+)",
            heard.Of(SolverProgressKind.Display).SkipLast(1).Select(progress => progress.LearningRate));
        Assert.Equal([0, 5, 10, 15, 20], heard.Of(SolverProgressKind.Display).Select(progress => progress.Iteration));
        Assert.Equal([0, 10, 20], heard.Of(SolverProgressKind.Test).Select(progress => progress.Iteration));
    }

    [Theory]
    [InlineData("BINARYPROTO", "", "SGD", "momentum: 0.9")]
    [InlineData("HDF5", ".h5", "Adam", "momentum: 0.9")]
    public void Snapshots_are_restored_by_the_other_both_ways(string format, string ending, string type, string settings)
    {
        using Training training = new(
            $"base_lr: 0.01 {settings} lr_policy: 'step' gamma: 0.5 stepsize: 15 snapshot_format: {format}", type);
        using Solver solver = training.Start();
        solver.Step(10);
        SolverSnapshot snapshot = solver.Snapshot();
        Assert.Equal(training.File($"solver_iter_10.caffemodel{ending}"), snapshot.WeightsPath);
        Assert.Equal(training.File($"solver_iter_10.solverstate{ending}"), snapshot.StatePath);

        // Each side starts its random stream from the seed again, so the two runs on are the same.
        IReadOnlyDictionary<string, Tensor<float>> there = Pycaffe.Solve(
            [.. training.Arguments, "--restore", snapshot.StatePath, "--steps", "10", "--snapshot"]);
        Assert.Equal(20, there["iteration"].Values()[0]);
        using Solver here = training.Start();
        here.Restore(snapshot.StatePath);
        Assert.Equal(10, here.Iteration);
        Assert.Equal(Training.Weights(solver.Net), Training.Weights(here.Net));
        here.Step(10);
        Assert.InRange(Close.Difference(Training.Weights(here.Net), Training.Weights(there)), 0, 1e-5);

        using Solver back = training.Start();
        back.Restore(training.File($"solver_iter_20.solverstate{ending}"));
        Assert.Equal(20, back.Iteration);
        Assert.Equal(Training.Weights(there), Training.Weights(back.Net));
        Assert.Equal(0.005f, back.LearningRate);
    }

    // Caffe's log has six digits.
    private static void AssertLogged(string log, string pattern, IEnumerable<float> reported)
    {
        float[] logged = [.. Regex.Matches(log, pattern)
            .Select(match => float.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture))];
        Assert.NotEmpty(logged);
        Assert.InRange(Close.Difference(logged, [.. reported]), 0, 1e-4);
    }
}
