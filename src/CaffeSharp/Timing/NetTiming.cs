using System.Diagnostics;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>How long a net and each of its layers take: what the tool <c>caffe time</c> measures.</summary>
public sealed record NetTiming
{
    /// <summary>Iterations that <c>caffe time</c> does unless told otherwise.</summary>
    public const int DefaultIterations = 50;

    private NetTiming()
    {
    }

    /// <summary>How many times each pass was timed.</summary>
    public required int Iterations { get; init; }

    /// <summary>The layers, in the order in which they run forward.</summary>
    public required IReadOnlyList<LayerTiming> Layers { get; init; }

    /// <summary>A forward pass over all layers, on the average.</summary>
    public required TimeSpan Forward { get; init; }

    /// <summary>A backward pass over all layers, on the average; null if none was timed.</summary>
    public required TimeSpan? Backward { get; init; }

    /// <summary>An iteration, on the average: both passes, and what lies between.</summary>
    public required TimeSpan Iteration { get; init; }

    /// <summary>All iterations together, without the one before them that is not timed.</summary>
    public required TimeSpan Total { get; init; }

    /// <summary>Measures a net: one pass that does not count, then the iterations. Data layers read on, gradients add up, and
    /// hooks are called in the first pass alone. A layer alone is timed on the net's device; of a data layer it is what the net waits for.</summary>
    /// <param name="net">The net, with its inputs as they are.</param>
    /// <param name="iterations">How many times, at least 1.</param>
    /// <param name="withBackward">False to leave out the backward passes, which some layers do not have.</param>
    /// <param name="progress">Told the number of iterations that are done.</param>
    /// <param name="cancellationToken">Stops between two iterations.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no iterations.</exception>
    /// <exception cref="CaffeException">A layer failed or has no backward pass (with the layer), or another thread is inside
    /// the net.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public static NetTiming Measure(
        Net net, int iterations = DefaultIterations, bool withBackward = true, IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(iterations);
        InterruptiblePass.Forward(net, cancellationToken);
        if (withBackward)
        {
            InterruptiblePass.Backward(net, cancellationToken);
        }

        int count = net.Layers.Count;
        PassTimes forward = new(count);
        PassTimes backward = new(count);
        long start = Stopwatch.GetTimestamp();
        for (int iteration = 1; iteration <= iterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            net.RequireFree();
            TimingNative.caffe_net_time(
                net.Handle, withBackward ? 1 : 0, count, forward.Layers, backward.Layers, out double forwardSum,
                out double backwardSum).ThrowIfFailed();
            forward.Add(forwardSum);
            backward.Add(backwardSum);
            progress?.Report(iteration);
        }

        TimeSpan total = Stopwatch.GetElapsedTime(start);
        return new NetTiming
        {
            Iterations = iterations,
            Layers = [.. net.Layers.Select((layer, at) => new LayerTiming(
                layer.Name, layer.Type, forward.Average(at, iterations), withBackward ? backward.Average(at, iterations) : null))],
            Forward = forward.Average(iterations),
            Backward = withBackward ? backward.Average(iterations) : null,
            Iteration = total / iterations,
            Total = total,
        };
    }

    /// <summary>Sums of microseconds over the iterations.</summary>
    private sealed class PassTimes(int layers)
    {
        private readonly double[] _sums = new double[layers];
        private double _sum;

        /// <summary>Those of the last iteration.</summary>
        internal double[] Layers { get; } = new double[layers];

        internal void Add(double sum)
        {
            _sum += sum;
            for (int layer = 0; layer < _sums.Length; layer++)
            {
                _sums[layer] += Layers[layer];
            }
        }

        internal TimeSpan Average(int iterations) => TimeSpan.FromMicroseconds(_sum / iterations);

        internal TimeSpan Average(int layer, int iterations) => TimeSpan.FromMicroseconds(_sums[layer] / iterations);
    }
}
