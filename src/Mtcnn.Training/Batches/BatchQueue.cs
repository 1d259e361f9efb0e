using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using CaffeSharp;

namespace Mtcnn.Training.Batches;

/// <summary>Prepares batches in advance on a separate thread. Order and contents are the same as without the queue.</summary>
internal sealed class BatchQueue : IBatchSource, IDisposable
{
    private const int Ahead = 4;

    private readonly BlockingCollection<TrainingBatch> _ready = new(Ahead);
    private readonly ConcurrentQueue<TrainingBatch> _used = new();
    private readonly CancellationTokenSource _end = new();
    private readonly PreparedBatches _batches;
    private readonly Thread _maker;
    private TrainingBatch? _handedOut;
    private Exception? _failure;

    /// <param name="batches">The source of the batches. Only the queue may use it from now on. It is not disposed.</param>
    /// <param name="firstIteration">The iteration of the first batch.</param>
    internal BatchQueue(PreparedBatches batches, long firstIteration)
    {
        _batches = batches;
        _maker = new Thread(() => Make(firstIteration)) { IsBackground = true, Name = "training batches" };
        _maker.Start();
    }

    public int BatchSize => _batches.BatchSize;

    public int Side => _batches.Side;

    public int Channels => _batches.Channels;

    /// <exception cref="RunException">The crops cannot be read.</exception>
    public TrainingBatch NextBatch()
    {
        if (_handedOut is { } used)
        {
            _used.Enqueue(used);
        }

        if (!_ready.TryTake(out _handedOut, Timeout.Infinite))
        {
            ExceptionDispatchInfo.Throw(_failure!);
        }

        return _handedOut!;
    }

    public void Dispose()
    {
        _end.Cancel();
        _maker.Join();
        _ready.Dispose();
        _end.Dispose();
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1031", Justification = "The exception is thrown again when the batch is requested.")]
    private void Make(long firstIteration)
    {
        try
        {
            _batches.SkipTo(firstIteration);
            for (long iteration = firstIteration; ; iteration++)
            {
                TrainingBatch batch = _used.TryDequeue(out TrainingBatch? used) ? used : new TrainingBatch(BatchSize, Side, Channels);
                using (ComputeTurn.Enter())
                {
                    _batches.Fill(batch, iteration);
                }

                _ready.Add(batch, _end.Token);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The queue was disposed.
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
        finally
        {
            _ready.CompleteAdding();
        }
    }
}
