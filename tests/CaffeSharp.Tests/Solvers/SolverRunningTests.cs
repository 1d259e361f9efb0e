using System.Runtime.CompilerServices;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Solvers;

/// <summary>Events, cancellation, what ends a run, and what is left after it.</summary>
[Collection(AloneCollection.Name)]
public sealed class SolverRunningTests : LeakGate
{
    private const string Plain = "base_lr: 0.05 momentum: 0.9 lr_policy: 'fixed'";

    [Fact]
    public void Two_runs_with_one_seed_give_the_same_bits_on_any_thread()
    {
        using Training training = new(Plain);
        float[] first = Train();
        float[]? second = null;
        Thread thread = new(() => second = Train());
        thread.Start();
        thread.Join();
        Assert.Equal(first, second);

        float[] Train()
        {
            using Solver solver = training.Start();
            solver.Solve();
            return Training.Weights(solver.Net);
        }
    }

    [Fact]
    public void Run_that_can_be_cancelled_gives_the_same_bits_as_one_that_cannot()
    {
        using Training training = new(Plain);
        using CancellationTokenSource source = new();
        using Solver whole = training.Start();
        using Solver byLayers = training.Start();
        Assert.Equal(whole.Step(20), byLayers.Step(20, cancellationToken: source.Token));
        Assert.Equal(Training.Weights(whole.Net), Training.Weights(byLayers.Net));
    }

    [Fact]
    public void Restored_run_drops_out_the_same_units_when_every_iteration_has_a_seed()
    {
        using Training training = new(Plain);
        using Solver whole = Start();
        using Solver begun = Start();
        using Solver restored = Start();
        whole.Step(6);
        begun.Step(3);
        restored.Restore(begun.Snapshot().StatePath);
        restored.Step(3);
        Assert.Equal(Training.Weights(whole.Net), Training.Weights(restored.Net));

        Solver Start()
        {
            Solver solver = training.Start();
            solver.IterationStarting += (_, _) => solver.SetRandomSeed((uint)solver.Iteration + 100);
            return solver;
        }
    }

    [Fact]
    public void Text_and_message_give_the_solver_that_the_file_gives()
    {
        using Training training = new(Plain);
        using Solver ofFile = training.Start();
        using Solver ofText = training.Fed(Solver.FromText(training.SolverText, path: training.Solver));
        SolverParameter parameter = Prototxt.Parse<SolverParameter>(training.SolverText);
        parameter.ClearNet();
        parameter.NetParam = Prototxt.ReadFile<NetParameter>(training.Net);
        using Solver ofMessage = training.Fed(Solver.FromParameter(parameter));
        ofFile.Step(5);
        ofText.Step(5);
        ofMessage.Step(5);
        Assert.Equal(Training.Weights(ofFile.Net), Training.Weights(ofText.Net));
        Assert.Equal(Training.Weights(ofFile.Net), Training.Weights(ofMessage.Net));
        Assert.Equal(training.Net, ofFile.ToParameter().Net);
        Assert.Equal(training.File("solver"), ofFile.ToParameter().SnapshotPrefix);
    }

    [Fact]
    public void Update_moves_weights_by_the_rate_against_the_gradient()
    {
        using Training training = new("base_lr: 0.01 lr_policy: 'fixed'");
        using Solver solver = training.Start();
        Blob weights = solver.Net.Parameters["ip"][0];
        weights.MutableData.Span.Clear();
        weights.MutableDiff.Span.Fill(1);
        solver.ApplyUpdate();
        Assert.All(weights.ToArray(), weight => Assert.Equal(-0.01f, weight, 1e-7f));
        Assert.Equal(1, solver.Iteration);
        solver.BaseLearningRate = 0.5f;
        Assert.Equal(0.5f, solver.LearningRate);
        weights.MutableDiff.Span.Fill(1);
        solver.ApplyUpdate();
        Assert.All(weights.ToArray(), weight => Assert.Equal(-0.51f, weight, 1e-6f));
        Assert.Throws<ArgumentOutOfRangeException>(() => solver.BaseLearningRate = float.NaN);
    }

    [Fact]
    public void Events_come_in_order_and_may_use_the_net()
    {
        using Training training = new(Plain);
        using Solver solver = training.Start();
        List<string> seen = [];
        float[] before = Training.Weights(solver.Net);
        solver.IterationStarting += (_, _) =>
        {
            seen.Add($"start {solver.Iteration}");
            Assert.All(solver.Net.Parameters["ip"][0].Diff.Span.ToArray(), gradient => Assert.Equal(0, gradient));
            solver.Net.Forward();
        };
        solver.GradientsReady += (_, _) =>
        {
            seen.Add($"gradients {solver.Iteration}");
            foreach (Blob parameter in solver.Net.Parameters.Values.SelectMany(parameters => parameters))
            {
                Assert.Contains(parameter.Diff.Span.ToArray(), gradient => gradient != 0);
                parameter.MutableDiff.Span.Clear();
            }
        };
        solver.Step(2);
        Assert.Equal(["start 0", "gradients 0", "start 1", "gradients 1"], seen);
        Assert.Equal(before, Training.Weights(solver.Net));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void Exception_in_an_event_comes_out_as_itself_and_the_solver_continues(int atIteration)
    {
        using Training training = new(Plain);
        using Solver solver = training.Start();
        InvalidOperationException thrown = new("mine");
        solver.GradientsReady += Throw;
        Assert.Same(thrown, Assert.Throws<InvalidOperationException>(() => solver.Step(2000)));
        Assert.Equal(atIteration, solver.Iteration);
        solver.GradientsReady -= Throw;
        solver.Step(3);
        Assert.Equal(atIteration + 3, solver.Iteration);

        void Throw(object? sender, EventArgs e)
        {
            if (solver.Iteration == atIteration)
            {
                throw thrown;
            }
        }
    }

    [Fact]
    public void Cancelled_in_the_middle_of_an_iteration_keeps_the_weights_of_the_last_whole_one()
    {
        using Training training = new(Plain);
        using Solver solver = training.Start();
        using CancellationTokenSource source = new();
        float[]? before = null;
        solver.IterationStarting += (_, _) =>
        {
            if (solver.Iteration == 3)
            {
                before = Training.Weights(solver.Net);
                source.Cancel();
            }
        };
        solver.SnapshotOnCancel = true;
        Heard heard = new();
        Assert.ThrowsAny<OperationCanceledException>(() => solver.Solve(heard, source.Token));
        Assert.Equal(3, solver.Iteration);
        Assert.Equal(before, Training.Weights(solver.Net));
        SolverSnapshot snapshot = Assert.Single(heard.All).Snapshot!;
        using Solver again = training.Start();
        again.Restore(snapshot.StatePath);
        Assert.Equal(before, Training.Weights(again.Net));
        solver.Step(1);
        Assert.Equal(4, solver.Iteration);
    }

    [Fact]
    public void Stop_ends_a_run_well_and_a_requested_snapshot_is_written()
    {
        using Training training = new(Plain + " display: 1");
        using Solver solver = training.Start();
        Heard heard = new(progress =>
        {
            if (progress is { Kind: SolverProgressKind.Display, Iteration: 4 })
            {
                solver.RequestSnapshot();
                solver.Stop();
            }
        });
        Assert.False(solver.Solve(heard));
        Assert.Equal(5, solver.Iteration);
        Assert.Equal(training.File("solver_iter_5.solverstate"), heard.All[^1].Snapshot!.StatePath);
        Assert.True(File.Exists(heard.All[^1].Snapshot!.WeightsPath));
        Assert.True(solver.Solve());
        Assert.Equal(20, solver.Iteration);
    }

    [Fact]
    public void Nan_names_iteration_and_first_blob_and_spares_the_weights()
    {
        using Training training = new(Plain);
        using Solver solver = training.Start();
        solver.Step(2);
        float[] before = Training.Weights(solver.Net);
        solver.Net.Blobs["data"].MutableData.Span[5] = float.NaN;
        CaffeException error = Assert.Throws<CaffeException>(() => solver.Step(1));
        Assert.True(
            error.Message.Contains("iteration 2: the gradient of parameter conv[", StringComparison.Ordinal)
            && error.Message.Contains("the first that is not finite is the blob data at layer 'input'", StringComparison.Ordinal),
            error.Message);
        Assert.Equal("data", error.BlobName);
        Assert.Equal(before, Training.Weights(solver.Net));

        training.Fed(solver);
        solver.Net.Parameters["ip"][0].MutableData.Span[1] = float.PositiveInfinity;
        error = Assert.Throws<CaffeException>(() => solver.Step(1));
        Assert.Equal("ip", error.LayerName);
        Assert.Contains(
            "iteration 2: the loss is NaN; the first that is not finite is the parameter ip[0]", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, solver.Iteration);
        solver.StopOnNaN = false;
        solver.Step(1);
        Assert.Equal(3, solver.Iteration);
    }

    [Fact]
    public void Second_run_at_the_same_time_is_refused()
    {
        using Training training = new(Plain);
        using Solver solver = training.Start();
        CaffeException? busy = null;
        solver.IterationStarting += (_, _) => busy = Assert.Throws<CaffeException>(() => solver.Step(1));
        solver.Step(1);
        Assert.Equal(CaffeErrorKind.Busy, busy!.Kind);
    }

    [Fact]
    public void Shared_weights_are_those_of_the_trained_net()
    {
        using Training training = new(Plain);
        using Solver solver = training.Start();
        using Net net = Net.FromFile(training.Net);
        solver.ShareWeights(net);
        solver.Step(2);
        Assert.Equal(Training.Weights(solver.Net), Training.Weights(net));
    }

    [Fact]
    public void Nets_outlive_a_solver_that_nobody_holds_and_end_with_one_that_is_disposed()
    {
        using Training training = new(Plain);
        using (Net net = NetOfForgottenSolver(training))
        {
            ExpectCollected(1);
            CollectedSoFar();
            Assert.True(float.IsFinite(net.Forward()));
        }

        Solver solver = training.Start();
        Net ended = solver.Net;
        solver.Dispose();
        solver.Dispose();
        Assert.True(ended.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => solver.Step(1));
        Assert.Throws<ObjectDisposedException>(() => solver.Iteration);
        Assert.Throws<ObjectDisposedException>(() => ended.Forward());
    }

    [Fact]
    public void A_thousand_solvers_leave_no_memory_behind()
    {
        using Training training = new(Plain + " test_iter: 1 test_interval: 100", "Adam");
        long blobs = CaffeRuntime.BlobMemory;
        long warm = 0;
        for (int round = 0; round < 1000; round++)
        {
            using Solver solver = training.Start();
            solver.Step(1);
            if (round == 200)
            {
                warm = ProcessMemory.Resident;
            }
        }

        Assert.Equal(blobs, CaffeRuntime.BlobMemory);
        Assert.InRange(ProcessMemory.Resident - warm, long.MinValue, ProcessMemory.Noise);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Net NetOfForgottenSolver(Training training) => training.Start().Net;
}
