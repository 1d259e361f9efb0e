using System.Numerics.Tensors;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Nets;

/// <summary>Runs that are awaited.</summary>
public sealed class AsyncTests : LeakGate
{
    private static readonly Dictionary<string, Tensor<float>> s_rows = new()
    {
        ["data"] = Tensor.Create(new float[] { 10, 100, 1, 2, 3, 4 }, [3, 2]),
    };

    [Fact]
    public async Task Awaited_run_gives_the_numbers_of_one_in_place_off_the_pools_threads()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct, new() { Seed = 3 });
        float[] expected = InPlace(net);
        bool onPool = true;
        using IDisposable hook = net.BeforeForward(_ => onPool = Thread.CurrentThread.IsThreadPoolThread);
        IReadOnlyDictionary<string, Tensor<float>> actual = await net.ForwardAllAsync(s_rows);
        Assert.Equal(expected, actual["ip"].Values());
        Assert.False(onPool);
        Assert.Equal(0, await net.ForwardAsync());
        GradientArrays both = await net.ForwardBackwardAllAsync(s_rows);
        Assert.Equal(expected, both.Blobs["ip"].Values());
    }

    [Fact]
    public async Task Net_belongs_to_the_call_until_it_is_over()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        using ManualResetEventSlim entered = new();
        using ManualResetEventSlim leave = new();
        Task<float> running;
        using (net.BeforeForward(_ =>
        {
            entered.Set();
            leave.Wait();
        }))
        {
            running = net.ForwardAsync();
            entered.Wait();
            Assert.Equal(CaffeErrorKind.Busy, Assert.Throws<CaffeException>(() => net.Forward()).Kind);
            Assert.Equal(CaffeErrorKind.Busy, Assert.Throws<CaffeException>(() => net.ForwardAll(s_rows)).Kind);
            Assert.Equal(CaffeErrorKind.Busy, Assert.Throws<CaffeException>(() => net.CopyFrom([1])).Kind);
            CaffeException error = await Assert.ThrowsAsync<CaffeException>(() => net.ForwardAsync());
            Assert.Equal(CaffeErrorKind.Busy, error.Kind);
            Assert.Contains("CloneSharingWeights", error.Message, StringComparison.Ordinal);
            leave.Set();
            await running;
        }

        Assert.Equal(9, InPlace(net).Length);
    }

    [Fact]
    public async Task Cancelled_run_stops_between_two_layers_and_the_net_is_free_again()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        using CancellationTokenSource source = new();
        List<string> ran = [];
        using (net.AfterForward(layer =>
        {
            ran.Add(layer.Name);
            source.Cancel();
        }))
        {
            Task<IReadOnlyDictionary<string, Tensor<float>>> running = net.ForwardAllAsync(s_rows, cancellationToken: source.Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
            Assert.True(running.IsCanceled);
            Assert.Equal(["data"], ran);
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => net.ForwardAsync(source.Token));
        Assert.Throws<OperationCanceledException>(() => net.ForwardAll(s_rows, cancellationToken: source.Token));
        Assert.Equal(["data"], ran);
        Assert.Equal(9, (await net.ForwardAllAsync(s_rows))["ip"].Values().Length);
    }

    [Fact]
    public async Task Exception_comes_out_of_the_task_as_itself()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        using (net.BeforeForward(_ => throw new NotSupportedException("here")))
        {
            Assert.Equal("here", (await Assert.ThrowsAsync<NotSupportedException>(() => net.ForwardAsync())).Message);
        }

        net.Inputs[0].Reshape(1, 3);
        CaffeException error = await Assert.ThrowsAsync<CaffeException>(() => net.ForwardAsync());
        Assert.Equal("ip", error.LayerName);
        net.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => net.ForwardAsync());
    }

    [Fact]
    public async Task At_most_as_many_nets_run_at_once_as_there_are_processors_and_the_pool_stays_free()
    {
        using Net original = Net.FromText(SmallNets.InnerProduct);
        List<Net> nets = [.. Enumerable.Range(0, Environment.ProcessorCount * 4).Select(_ => original.CloneSharingWeights())];
        int running = 0;
        int most = 0;
        using SemaphoreSlim leave = new(0);
        using SemaphoreSlim entered = new(0);
        nets.ForEach(net => net.BeforeForward(layer =>
        {
            if (layer.Index > 0)
            {
                return;
            }

            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            entered.Release();
            leave.Wait();
            Interlocked.Decrement(ref running);
        }));
        Task<float>[] tasks = [.. nets.Select(net => net.ForwardAsync())];
        for (int first = 0; first < Environment.ProcessorCount; first++)
        {
            await entered.WaitAsync();
        }

        await Task.Run(() => { });
        leave.Release(nets.Count);
        await Task.WhenAll(tasks);
        Assert.Equal(Environment.ProcessorCount, most);
        nets.ForEach(net => net.Dispose());

        static void InterlockedMax(ref int target, int value)
        {
            for (int seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
            {
                Interlocked.CompareExchange(ref target, value, seen);
            }
        }
    }

    [Fact]
    public async Task Inputs_that_come_one_by_one_give_results_in_their_order()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct, new() { Seed = 3 });
        float[] expected = InPlace(net);
        List<float> gathered = [];
        await foreach (IReadOnlyDictionary<string, Tensor<float>> result in net.ForwardAllAsync(OneByOne()))
        {
            gathered.AddRange(result["ip"].Values());
        }

        Assert.Equal(expected, gathered);
        using CancellationTokenSource source = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (IReadOnlyDictionary<string, Tensor<float>> result in net.ForwardAllAsync(OneByOne()).WithCancellation(source.Token))
            {
                await source.CancelAsync();
            }
        });

        static async IAsyncEnumerable<IReadOnlyDictionary<string, Tensor<float>>> OneByOne()
        {
            for (int row = 0; row < 3; row++)
            {
                await Task.Yield();
                yield return new Dictionary<string, Tensor<float>>
                {
                    ["data"] = s_rows["data"].Slice([row..(row + 1), 0..2]),
                };
            }
        }
    }

    private static float[] InPlace(Net net) => net.ForwardAll(s_rows)["ip"].Values();
}
