using CaffeSharp.Tests.Solvers;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Nets;

/// <summary>Code around the layers of a run.</summary>
[Collection(AloneCollection.Name)]
public sealed class HookTests : LeakGate
{
    private const string Plain = "base_lr: 0.05 momentum: 0.9 lr_policy: 'fixed'";

    [Fact]
    public void Hooks_run_around_every_layer_in_order_with_the_values_there()
    {
        using Net net = Net.FromText(SmallNets.EuclideanLoss, new() { Phase = Phase.Train });
        List<string> heard = [];
        float atLoss = float.NaN;
        using IDisposable before = net.BeforeForward(layer => heard.Add($"<{layer.Name}"));
        using IDisposable after = net.AfterForward(layer =>
        {
            heard.Add($"{layer.Name}>");
            atLoss = layer.Name == "loss" ? layer.Tops[0].Data.Span[0] : atLoss;
        });
        using IDisposable second = net.AfterForward(layer => heard.Add($"{layer.Name}>>"));
        using IDisposable beforeBackward = net.BeforeBackward(layer => heard.Add($"({layer.Name}"));
        using IDisposable afterBackward = net.AfterBackward(layer => heard.Add($"{layer.Name})"));
        net.Inputs["left"].CopyFrom([1, 2, 3, 4, 5, 6]);
        Assert.Equal(net.Forward(), 2 * atLoss);
        Assert.Equal(
            ["<data", "data>", "data>>", "<ip", "ip>", "ip>>", "<loss", "loss>", "loss>>"], heard);

        heard.Clear();
        net.Backward();
        Assert.Equal(["(loss", "loss)", "(ip", "ip)", "(data", "data)"], heard);

        heard.Clear();
        net.Forward("ip", "ip");
        net.Backward("ip", "ip");
        Assert.Equal(["<ip", "ip>", "ip>>", "(ip", "ip)"], heard);
    }

    [Fact]
    public void Hook_that_is_disposed_runs_no_more_and_may_come_and_go_in_a_hook()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        int calls = 0;
        IDisposable? once = null;
        once = net.BeforeForward(_ =>
        {
            calls++;
            once!.Dispose();
            net.AfterForward(_ => calls += 10);
        });
        net.Forward();
        Assert.Equal(21, calls);
        net.Forward();
        Assert.Equal(41, calls);
        once.Dispose();
        once.Dispose();
    }

    [Fact]
    public void Hook_may_change_blobs_and_the_next_layer_sees_it()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        net.Parameters["ip"][0].CopyFrom([1, 2, 3, 4, 5, 6]);
        using IDisposable hook = net.BeforeForward(layer =>
        {
            if (layer.Name == "ip")
            {
                layer.Bottoms[0].CopyFrom([10, 100]);
            }
        });
        net.Forward();
        Assert.Equal([210.5f, 430.5f, 650.5f], net.Outputs["ip"].ToArray());
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 1000)]
    [InlineData(false, 1)]
    [InlineData(false, 1000)]
    public void Exception_of_a_hook_surfaces_as_itself_and_the_net_stays_usable(bool forward, int call)
    {
        using Net net = Net.FromText(SmallNets.EuclideanLoss, new() { Phase = Phase.Train });
        InvalidOperationException thrown = new("enough");
        int calls = 0;
        Action<Layer> hook = layer =>
        {
            if (layer.Name == "ip" && ++calls == call)
            {
                throw thrown;
            }
        };
        using IDisposable registration = forward ? net.AfterForward(hook) : net.BeforeBackward(hook);
        for (int run = 1; run < call; run++)
        {
            Run();
        }

        InvalidOperationException caught = Assert.Throws<InvalidOperationException>(Run);
        Assert.Same(thrown, caught);
        Assert.Equal("ip", caught.Data[ManagedLayer.FailedLayerKey]);
        Run();
        Assert.Equal(call + 1, calls);

        void Run()
        {
            net.Forward();
            net.Backward();
        }
    }

    [Fact]
    public void Running_the_net_in_its_own_hook_is_busy_and_another_net_is_free()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        using Net other = Net.FromText(SmallNets.InnerProduct);
        List<CaffeErrorKind> kinds = [];
        using IDisposable hook = net.AfterForward(_ =>
        {
            kinds.Add(Assert.Throws<CaffeException>(() => net.Forward()).Kind);
            kinds.Add(Assert.Throws<CaffeException>(net.Reshape).Kind);
            kinds.Add(Assert.Throws<CaffeException>(() => net.CloneSharingWeights()).Kind);
            other.Forward();
        });
        net.Forward();
        Assert.Equal(6, kinds.Count);
        Assert.All(kinds, kind => Assert.Equal(CaffeErrorKind.Busy, kind));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Hooks_run_in_a_solvers_steps(bool cancellable)
    {
        using Training training = new(Plain);
        using Solver solver = training.Start();
        using CancellationTokenSource source = new();
        int layers = solver.Net.Layers.Count;
        int forward = 0;
        int backward = 0;
        using IDisposable first = solver.Net.BeforeForward(_ => forward++);
        using IDisposable second = solver.Net.AfterBackward(_ => backward++);
        solver.Step(3, cancellationToken: cancellable ? source.Token : default);
        Assert.Equal((3 * layers, 3 * layers), (forward, backward));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exception_of_a_hook_surfaces_from_a_step_and_training_continues(bool cancellable)
    {
        using Training training = new(Plain);
        using Solver solver = training.Start();
        using CancellationTokenSource source = new();
        using (solver.Net.AfterBackward(layer => throw new NotSupportedException(layer.Name)))
        {
            NotSupportedException error = Assert.Throws<NotSupportedException>(
                () => solver.Step(1, cancellationToken: cancellable ? source.Token : default));
            Assert.Equal("loss", error.Message);
        }

        solver.Step(2);
        Assert.Equal(2, solver.Iteration);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Step_cancelled_between_two_layers_keeps_the_weights_of_the_last_whole_one(bool forward)
    {
        using Training training = new(Plain);
        using Solver solver = training.Start();
        solver.Step(2);
        float[] before = Training.Weights(solver.Net);
        using CancellationTokenSource source = new();
        List<string> ran = [];
        Action<Layer> hook = layer =>
        {
            ran.Add(layer.Name);
            if (layer.Name == "pool")
            {
                source.Cancel();
            }
        };
        using (forward ? solver.Net.AfterForward(hook) : solver.Net.AfterBackward(hook))
        {
            OperationCanceledException error = Assert.Throws<OperationCanceledException>(
                () => solver.Step(1, cancellationToken: source.Token));
            Assert.Equal(source.Token, error.CancellationToken);
        }

        Assert.Equal("pool", ran[^1]);
        Assert.Equal(2, solver.Iteration);
        Assert.Equal(before, Training.Weights(solver.Net));
        solver.Step(1);
        Assert.NotEqual(before, Training.Weights(solver.Net));
    }

    [Fact]
    public void Hooks_end_with_their_net()
    {
        Net net = Net.FromText(SmallNets.InnerProduct);
        IDisposable hook = net.BeforeForward(_ => { });
        net.Dispose();
        hook.Dispose();
        Assert.Throws<ObjectDisposedException>(() => net.BeforeForward(_ => { }));
        Assert.Throws<ArgumentNullException>(() => net.AfterBackward(null!));
    }

    [Fact]
    public void Net_may_be_disposed_in_its_own_hook()
    {
        long before = CaffeRuntime.BlobMemory;
        Net net = Net.FromText(SmallNets.InnerProduct);
        net.BeforeForward(_ => net.Dispose());
        Assert.Throws<ObjectDisposedException>(() => net.Forward());
        Assert.Equal(before, CaffeRuntime.BlobMemory);
    }
}
