using CaffeSharp.Interop;
using CaffeSharp.Tests.ManagedLayers;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Runtime;

/// <summary>The one number of threads that compute.</summary>
[Collection(AloneCollection.Name)]
public sealed class ThreadBudgetTests : LeakGate
{
    [Fact]
    public void Budget_is_what_the_process_may_use()
    {
        Assert.Equal(Environment.ProcessorCount, CaffeRuntime.Threads);
        Assert.InRange(CaffeRuntime.BlasThreads, 1, CaffeRuntime.Threads);
        Assert.Throws<ArgumentOutOfRangeException>(() => CaffeRuntime.BlasThreads = CaffeRuntime.Threads + 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => CaffeRuntime.Threads = 0);
    }

    [Fact]
    public void Budget_that_is_set_too_late_is_refused()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => CaffeRuntime.Threads++);
        Assert.Contains("before the first net, solver or detector is made", failure.Message, StringComparison.Ordinal);
        CaffeRuntime.Threads = Environment.ProcessorCount;
        Assert.Equal(Environment.ProcessorCount, CaffeRuntime.Threads);
    }

    [Fact]
    public void Turns_nest_and_are_given_back()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        using (ComputeTurn.Enter())
        {
            using (ComputeTurn.Enter())
            {
                net.Forward();
                ComputeTurn.LetOthersCompute();
            }

            // Another thread has its turn while this one waits for it, whatever the budget.
            ComputeTurn.Wait(() => Task.WaitAll([.. Enumerable.Range(0, 4 * CaffeRuntime.Threads).Select(_ => Task.Run(ForwardOnce))]));
        }

        Assert.Throws<CaffeException>(() => ThreadsNative.caffe_threads_leave().ThrowIfFailed());
    }

    [Fact]
    public async Task Layer_that_waits_for_asynchronous_runs_does_not_wait_for_ever()
    {
        CaffeSharp.ManagedLayers.Register("tests", "Waiting", () => new DelegateLayer
        {
            Before = (method, _) =>
            {
                if (method == "Forward")
                {
                    using Net inner = Net.FromText(SmallNets.InnerProduct);
                    inner.ForwardAsync().GetAwaiter().GetResult();
                }
            },
        });
        Net[] nets = [.. Enumerable.Range(0, 3 * CaffeRuntime.Threads).Select(_ => Net.FromText("""
            layer { name: "data" type: "Input" top: "x" input_param { shape { dim: 2 dim: 3 } } }
            layer { name: "wait" type: "Managed" bottom: "x" top: "y" python_param { module: "tests" layer: "Waiting" } }
            """))];
        try
        {
            // Each fills a place among the runs that are under way, and waits for one more.
            float[] losses = await Task.WhenAll(nets.Select(net => net.ForwardAsync())).WaitAsync(TimeSpan.FromMinutes(2));
            Assert.Equal(nets.Length, losses.Length);
        }
        finally
        {
            Array.ForEach(nets, net => net.Dispose());
        }
    }

    [Fact]
    public async Task Work_is_let_in_in_the_order_in_which_it_came_however_it_waits()
    {
        WorkGate.Pass[] all = [.. Enumerable.Range(0, WorkGate.Size).Select(_ => WorkGate.Enter(CancellationToken.None))];
        Assert.Null(WorkGate.TryPass());
        Assert.False(WorkGate.TryEnter());
        using CancellationTokenSource stop = new();
        Task<WorkGate.Pass> first = WorkGate.EnterAsync(CancellationToken.None);
        Task<WorkGate.Pass> stopped = WorkGate.EnterAsync(stop.Token);
        Task<WorkGate.Pass> blocked = Task.Run(() => WorkGate.Enter(CancellationToken.None));
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => stopped);
        all[0].Dispose();
        (await first).Dispose();
        (await blocked).Dispose();
        foreach (WorkGate.Pass pass in all[1..])
        {
            pass.Dispose();
        }

        Assert.True(WorkGate.TryEnter());
        WorkGate.Leave();
    }

    [Fact]
    public void Quota_of_this_process_is_not_below_what_dotnet_sees()
    {
        ThreadsNative.caffe_threads_quota(string.Empty, out double processors).ThrowIfFailed();
        Assert.True(processors == 0 || Math.Ceiling(processors) >= Environment.ProcessorCount, $"{processors} processors");
    }

    private static void ForwardOnce()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        net.Forward();
    }
}
