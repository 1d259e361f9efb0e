using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Timing;

/// <summary>Timers, and nets timed layer by layer.</summary>
public sealed class TimingTests : LeakGate
{
    // A net that trains: its own data, a loss, and layers that Caffe inserts.
    private const string Training = """
        name: "Training"
        layer {
          name: "data" type: "DummyData" top: "data" top: "label"
          dummy_data_param {
            shape { dim: 4 dim: 6 } shape { dim: 4 } data_filler { type: "gaussian" std: 1 } data_filler { type: "constant" }
          }
        }
        layer { name: "ip" type: "InnerProduct" bottom: "data" top: "ip" inner_product_param { num_output: 3 weight_filler { type: "xavier" } } }
        layer { name: "accuracy" type: "Accuracy" bottom: "ip" bottom: "label" top: "accuracy" include { phase: TEST } }
        layer { name: "loss" type: "SoftmaxWithLoss" bottom: "ip" bottom: "label" top: "loss" }
        """;

    [Fact]
    public void A_timer_reads_the_time_between_start_and_stop()
    {
        using CaffeTimer timer = new();
        Assert.Contains("never started", Assert.Throws<InvalidOperationException>(() => timer.Milliseconds).Message, StringComparison.Ordinal);
        timer.Stop();
        Assert.Throws<InvalidOperationException>(() => timer.Elapsed);

        timer.Start();
        Thread.Sleep(20);
        timer.Start();
        timer.Stop();

        // A second start changed nothing, or the sleep would be lost.
        Assert.True(timer.Milliseconds >= 19);
        Assert.Equal(timer.Milliseconds, timer.Microseconds / 1000);
        Assert.Equal(timer.Elapsed, timer.Elapsed);
        Assert.Equal(Device.Cpu, timer.Device);
        timer.Dispose();
        timer.Dispose();
        Assert.Throws<ObjectDisposedException>(timer.Start);
        Assert.Throws<ObjectDisposedException>(() => timer.Milliseconds);
    }

    [Fact]
    public void A_timer_of_a_gpu_that_does_not_exist_is_refused()
    {
        if (CaffeRuntime.DeviceCount == 0)
        {
            CaffeException failure = Assert.Throws<CaffeException>(() => new CaffeTimer(Device.Gpu()));
            Assert.Equal(CaffeErrorKind.Unsupported, failure.Kind);
        }
        else
        {
            using CaffeTimer timer = new(Device.Gpu());
            timer.Start();
            Assert.True(timer.Microseconds >= 0);
        }
    }

    [Theory]
    [InlineData(Phase.Train)]
    [InlineData(Phase.Test)]
    public void A_net_when_timed_reports_each_layer(Phase phase)
    {
        using Net net = Net.FromText(Training, new() { Phase = phase, Seed = 1 });
        List<int> told = [];

        NetTiming timing = NetTiming.Measure(net, iterations: 3, progress: new Told(told));

        Assert.Equal([1, 2, 3], told);
        Assert.Equal(3, timing.Iterations);
        Assert.Equal(net.Layers.Select(layer => (layer.Name, layer.Type)), timing.Layers.Select(layer => (layer.Name, layer.Type)));
        Assert.All(timing.Layers, layer => Assert.True(layer.Forward >= TimeSpan.Zero && layer.Backward >= TimeSpan.Zero));
        // Rounded up to a tick each.
        Assert.True(Sum(timing.Layers, layer => layer.Forward) <= timing.Forward + TimeSpan.FromTicks(timing.Layers.Count));
        Assert.True(Sum(timing.Layers, layer => layer.Backward!.Value) <= timing.Backward + TimeSpan.FromTicks(timing.Layers.Count));
        Assert.True(timing.Forward + timing.Backward <= timing.Iteration);
        Assert.Equal(timing.Total / 3, timing.Iteration);
    }

    [Fact]
    public void Backward_when_left_out_is_null_and_gradients_stay()
    {
        using Net net = Net.FromText(Training, new() { Phase = Phase.Train });

        NetTiming timing = NetTiming.Measure(net, iterations: 1, withBackward: false);

        Assert.Null(timing.Backward);
        Assert.All(timing.Layers, layer => Assert.Null(layer.Backward));
        Assert.All(net.Parameters["ip"][0].Diff.Span.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_layer_without_a_backward_pass_is_named_and_the_net_stays_usable()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct + """layer { name: "best" type: "ArgMax" bottom: "ip" top: "best" }""");

        Assert.Equal("best", Assert.Throws<CaffeException>(() => NetTiming.Measure(net, iterations: 1)).LayerName);
        Assert.Equal(3, NetTiming.Measure(net, iterations: 1, withBackward: false).Layers.Count);
    }

    [Fact]
    public void Timing_can_be_stopped_and_refuses_what_makes_no_sense()
    {
        using Net net = Net.FromText(Training);
        using CancellationTokenSource source = new();

        Assert.Throws<OperationCanceledException>(
            () => NetTiming.Measure(net, iterations: 1000, progress: new Stop(source), cancellationToken: source.Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => NetTiming.Measure(net, iterations: 0));
        net.Dispose();
        Assert.Throws<ObjectDisposedException>(() => NetTiming.Measure(net));
    }

    [Fact]
    public void An_empty_input_is_refused_and_not_divided_by()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        net.Inputs["data"].Reshape(0, 2);

        Assert.Equal("data", Assert.Throws<CaffeException>(() => NetTiming.Measure(net, iterations: 1)).BlobName);
    }

    private static TimeSpan Sum(IEnumerable<LayerTiming> layers, Func<LayerTiming, TimeSpan> time) =>
        layers.Aggregate(TimeSpan.Zero, (sum, layer) => sum + time(layer));

    private sealed class Told(List<int> values) : IProgress<int>
    {
        public void Report(int value) => values.Add(value);
    }

    private sealed class Stop(CancellationTokenSource source) : IProgress<int>
    {
        public void Report(int value) => source.Cancel();
    }
}
