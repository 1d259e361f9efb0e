using System.Diagnostics.CodeAnalysis;

namespace Mtcnn.Extensions;

/// <summary>
/// Lets so many images be in progress at a time and so many callers wait, in the order in which they came. Images of streams wait too, but do not count
/// as waiting callers: their number is bounded elsewhere. Thread-safe.
/// </summary>
/// <param name="maximumRunning">The most images in progress.</param>
/// <param name="maximumWaiting">The most callers that wait.</param>
[SuppressMessage("Usage", "CA2213", Justification = "Those who wait may still use them after the end; neither holds anything but memory.")]
internal sealed class DetectionQueue(int maximumRunning, int maximumWaiting) : IDisposable
{
    private readonly SemaphoreSlim _free = new(maximumRunning);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RecentMean _mean = new();
    private readonly Lock _gate = new();
    private int _inside;
    private int _waiting;
    private bool _closed;

    /// <summary>The most images in progress.</summary>
    public int MaximumRunning => maximumRunning;

    /// <summary>The most callers that wait.</summary>
    public int MaximumWaiting => maximumWaiting;

    /// <summary>Images in progress.</summary>
    public int Running => maximumRunning - _free.CurrentCount;

    /// <summary>Callers that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Images in progress and images that wait, those of streams among them.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <summary>Waits for a turn; <see cref="Leave"/> ends it.</summary>
    /// <param name="ofStream">Whether the image may wait however many others do.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <exception cref="DetectionQueueFullException">As many wait as may.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public async Task EnterAsync(bool ofStream, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        Join();
        try
        {
            if (!_free.Wait(0, CancellationToken.None))
            {
                await WaitAsync(ofStream, stop).ConfigureAwait(false);
            }
        }
        catch
        {
            Part();
            throw;
        }
    }

    /// <summary>Ends a turn.</summary>
    /// <param name="duration">How long the image took; null if it says nothing of others, because it failed.</param>
    public void Leave(TimeSpan? duration)
    {
        if (duration is { } known)
        {
            _mean.Add(known);
        }

        _ = _free.Release();
        Part();
    }

    /// <summary>Lets nobody in any more, and waits until all who are inside are done.</summary>
    /// <exception cref="OperationCanceledException">They were not done in time.</exception>
    public Task CloseAsync(CancellationToken stop)
    {
        lock (_gate)
        {
            _closed = true;
            if (_inside == 0)
            {
                _ = _empty.TrySetResult();
            }
        }

        return _empty.Task.WaitAsync(stop);
    }

    /// <summary>Lets nobody in any more; those who wait get an exception.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
        }

        _end.Cancel();
    }

    private async Task WaitAsync(bool ofStream, CancellationToken stop)
    {
        if (!ofStream)
        {
            TakePlace();
        }

        try
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, _end.Token);
            await _free.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            throw Closed();
        }
        finally
        {
            if (!ofStream)
            {
                _ = Interlocked.Decrement(ref _waiting);
            }
        }
    }

    private void TakePlace()
    {
        lock (_gate)
        {
            if (_waiting < maximumWaiting)
            {
                _ = Interlocked.Increment(ref _waiting);
                return;
            }
        }

        TimeSpan retryAfter = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(_mean.Seconds * Inside / maximumRunning)));
        throw new DetectionQueueFullException(
            $"{maximumWaiting} images wait already, which is the most that {nameof(MtcnnOptions.MaximumWaiting)} allows. Try again in {retryAfter.TotalSeconds} s.",
            retryAfter);
    }

    private void Join()
    {
        lock (_gate)
        {
            if (_closed)
            {
                throw Closed();
            }

            _inside++;
        }
    }

    private void Part()
    {
        lock (_gate)
        {
            if (--_inside == 0 && _closed)
            {
                _ = _empty.TrySetResult();
            }
        }
    }

    private static ObjectDisposedException Closed() => new(nameof(IFaceDetectionService), "The service of face detection has stopped.");
}
