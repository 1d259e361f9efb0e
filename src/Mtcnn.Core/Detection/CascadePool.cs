using System.Diagnostics.CodeAnalysis;
using Mtcnn.Cascade.Nets;

namespace Mtcnn.Detection;

/// <summary>
/// Lends cascades to callers on any thread: made on demand, all with the weights of one set of nets, at most one a processor;
/// a caller beyond that waits for one to come back. Thread-safe.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "Those who wait may still use them after the end; neither holds anything but memory.")]
internal sealed class CascadePool : IDisposable
{
    // Holds the weights and is never lent, because a net cannot share while it runs.
    private readonly CascadeNets _weights;
    private readonly FaceDetectorOptions _options;
    private readonly int _threadsOfPicture;
    private readonly SemaphoreSlim _free;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _idleGate = new();
    private readonly Lock _making = new();
    private readonly Stack<CascadeRunner> _idle = new();
    private int _waiting;
    private bool _disposed;

    /// <summary>Makes a pool that owns the nets from now on.</summary>
    public CascadePool(CascadeNets weights, FaceDetectorOptions options)
    {
        _weights = weights;
        _options = options;
        _threadsOfPicture = options.ThreadsOfPicture;
        Limit = Math.Max(Environment.ProcessorCount, _threadsOfPicture);
        _free = new SemaphoreSlim(Limit);
    }

    /// <summary>The most cascades at work at a time.</summary>
    public int Limit { get; }

    /// <summary>Runs work with a cascade that nobody else has meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before a cascade came free.</exception>
    public T Use<T>(Func<CascadeRunner, T> work, CancellationToken stop)
    {
        if (!_free.Wait(0, CancellationToken.None))
        {
            WaitForFree(stop);
        }

        return UseFree(work);
    }

    /// <summary>Runs work with a cascade on a thread of the thread pool, and blocks none while it waits for one.</summary>
    /// <inheritdoc cref="Use"/>
    public async Task<T> UseAsync<T>(Func<CascadeRunner, T> work, CancellationToken stop)
    {
        if (!_free.Wait(0, CancellationToken.None))
        {
            await WaitForFreeAsync(stop).ConfigureAwait(false);
        }

        return await Task.Run(() => UseFree(work), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Sets a cascade aside for <see cref="UseReserved"/> or <see cref="Release"/>, if one is free that nobody waits for.</summary>
    public bool TryReserve() => Volatile.Read(ref _waiting) == 0 && _free.Wait(0, CancellationToken.None);

    /// <summary>Runs work with a cascade that was set aside; does nothing where the pool is disposed by now.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The pool owns the cascade again once it is given back.")]
    public void UseReserved(Action<CascadeRunner> work)
    {
        try
        {
            if (Take() is { } cascade)
            {
                try
                {
                    work(cascade);
                }
                finally
                {
                    GiveBack(cascade);
                }
            }
        }
        finally
        {
            Release();
        }
    }

    /// <summary>Lets others have a cascade that was set aside.</summary>
    public void Release() => _free.Release();

    /// <summary>Disposes idle cascades at once, and those that are lent when they come back. Waiting callers get an exception.</summary>
    public void Dispose()
    {
        lock (_idleGate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            while (_idle.TryPop(out CascadeRunner? cascade))
            {
                cascade.Dispose();
            }
        }

        _end.Cancel();
        lock (_making)
        {
            _weights.Dispose();
        }
    }

    // Nothing that needs another thread of the pool: all of them may be waiting here.
    private void WaitForFree(CancellationToken stop)
    {
        _ = Interlocked.Increment(ref _waiting);
        try
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, _end.Token);
            _free.Wait(either.Token);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            throw Disposed();
        }
        finally
        {
            _ = Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task WaitForFreeAsync(CancellationToken stop)
    {
        _ = Interlocked.Increment(ref _waiting);
        try
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, _end.Token);
            await _free.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            throw Disposed();
        }
        finally
        {
            _ = Interlocked.Decrement(ref _waiting);
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The pool owns the cascade again once it is given back.")]
    private T UseFree<T>(Func<CascadeRunner, T> work)
    {
        try
        {
            CascadeRunner cascade = Take() ?? throw Disposed();
            try
            {
                return work(cascade);
            }
            finally
            {
                GiveBack(cascade);
            }
        }
        finally
        {
            Release();
        }
    }

    /// <returns>A cascade, or null where the pool is disposed.</returns>
    private CascadeRunner? Take()
    {
        lock (_idleGate)
        {
            if (_disposed)
            {
                return null;
            }

            if (_idle.TryPop(out CascadeRunner? idle))
            {
                return idle;
            }
        }

        lock (_making)
        {
            return Volatile.Read(ref _disposed) ? null : new CascadeRunner(_weights.Share(), _options, this, _threadsOfPicture);
        }
    }

    private void GiveBack(CascadeRunner cascade)
    {
        lock (_idleGate)
        {
            if (!_disposed)
            {
                _idle.Push(cascade);
                return;
            }
        }

        cascade.Dispose();
    }

    private static ObjectDisposedException Disposed() => new(typeof(FaceDetector).FullName);
}
