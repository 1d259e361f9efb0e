using System.Diagnostics.CodeAnalysis;
using CaffeSharp;
using Mtcnn.Cascade.Nets;

namespace Mtcnn.Detection;

/// <summary>
/// Lends cascades to callers on any thread: made on demand, all with the weights of one set of nets. Images in progress are bounded over all detectors
/// of the process (<see cref="WorkGate"/>); a caller beyond that waits. Thread-safe.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "Those who wait may still use them after the end; neither holds anything but memory.")]
internal sealed class CascadePool : IDisposable
{
    // Holds the weights and is never lent, because a net cannot share while it runs.
    private readonly CascadeNets _weights;
    private readonly FaceDetectorOptions _options;
    private readonly int _threadsOfImage;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _idleGate = new();
    private readonly Lock _making = new();
    private readonly Stack<CascadeRunner> _idle = new();
    private bool _disposed;

    /// <summary>Makes a pool that owns the nets from now on.</summary>
    public CascadePool(CascadeNets weights, FaceDetectorOptions options)
    {
        _weights = weights;
        _options = options;
        _threadsOfImage = options.ThreadsOfImage;
    }

    /// <summary>The most cascades that run at a time.</summary>
    public static int Limit => WorkGate.Size;

    /// <summary>Runs work with a cascade that nobody else has meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before a cascade came free.</exception>
    public T Use<T>(Func<CascadeRunner, T> work, CancellationToken stop)
    {
        using WorkGate.Pass pass = WorkGate.TryPass() ?? WaitForPass(stop);
        return WorkGate.Run(() => UseFree(work));
    }

    /// <summary>Runs work with a cascade on a thread of the thread pool, and blocks none while it waits for one.</summary>
    /// <inheritdoc cref="Use"/>
    public async Task<T> UseAsync<T>(Func<CascadeRunner, T> work, CancellationToken stop)
    {
        using WorkGate.Pass pass = WorkGate.TryPass() ?? await WaitForPassAsync(stop).ConfigureAwait(false);
        return await Task.Run(() => WorkGate.Run(() => UseFree(work)), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Sets a cascade aside for <see cref="UseReserved"/> or <see cref="Release"/>, if one is free that nobody waits for.</summary>
    public static bool TryReserve() => WorkGate.TryEnter();

    /// <summary>Runs work with a cascade that was set aside; does nothing if the pool is disposed by now.</summary>
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
    public static void Release() => WorkGate.Leave();

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
    private WorkGate.Pass WaitForPass(CancellationToken stop)
    {
        try
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, _end.Token);
            return WorkGate.Enter(either.Token);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            throw Disposed();
        }
    }

    private async Task<WorkGate.Pass> WaitForPassAsync(CancellationToken stop)
    {
        try
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, _end.Token);
            return await WorkGate.EnterAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            throw Disposed();
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The pool owns the cascade again once it is given back.")]
    private T UseFree<T>(Func<CascadeRunner, T> work)
    {
        CascadeRunner cascade = Take() ?? throw Disposed();
        try
        {
            using ComputeTurn turn = ComputeTurn.Enter();
            return work(cascade);
        }
        finally
        {
            GiveBack(cascade);
        }
    }

    /// <returns>A cascade, or null if the pool is disposed.</returns>
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

        // Whoever makes one needs a place of the thread budget, and the caller may hold it already.
        CascadeRunner? made = null;
        ComputeTurn.Wait(() => made = Make());
        return made;
    }

    private CascadeRunner? Make()
    {
        lock (_making)
        {
            return Volatile.Read(ref _disposed) ? null : new CascadeRunner(_weights.Share(), _options, this, _threadsOfImage);
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
