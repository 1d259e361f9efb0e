using System.Diagnostics.CodeAnalysis;

namespace Mtcnn.Detection;

/// <summary>
/// Lends cascades to callers on any thread: made on demand, all with the weights of one set of nets, at most one a processor;
/// a caller beyond that waits for one to come back. Thread-safe.
/// </summary>
internal sealed class CascadePool : IDisposable
{
    // Holds the weights and is never lent, because a net cannot share while it runs.
    private readonly CascadeNets _weights;
    private readonly FaceDetectorOptions _options;
    private readonly int _limit = Environment.ProcessorCount;
    private readonly object _gate = new();
    private readonly Stack<Cascade> _idle = new();
    private int _lent;
    private bool _disposed;

    /// <summary>Makes a pool that owns the nets from now on.</summary>
    public CascadePool(CascadeNets weights, FaceDetectorOptions options)
    {
        _weights = weights;
        _options = options;
    }

    /// <summary>Runs work with a cascade that nobody else has meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The pool owns the cascade again once it is given back.")]
    public T Use<T>(Func<Cascade, T> work)
    {
        Cascade cascade = Take();
        try
        {
            return work(cascade);
        }
        finally
        {
            GiveBack(cascade);
        }
    }

    /// <summary>Disposes idle cascades at once, and those that are lent when they come back. Waiting callers get an exception.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _weights.Dispose();
            while (_idle.TryPop(out Cascade? cascade))
            {
                cascade.Dispose();
            }

            Monitor.PulseAll(_gate);
        }
    }

    private Cascade Take()
    {
        lock (_gate)
        {
            while (!_disposed && _lent == _limit)
            {
                _ = Monitor.Wait(_gate);
            }

            ObjectDisposedException.ThrowIf(_disposed, typeof(FaceDetector));
            if (!_idle.TryPop(out Cascade? cascade))
            {
                cascade = new Cascade(_weights.Share(), _options);
            }

            _lent++;
            return cascade;
        }
    }

    private void GiveBack(Cascade cascade)
    {
        lock (_gate)
        {
            _lent--;
            if (_disposed)
            {
                cascade.Dispose();
            }
            else
            {
                _idle.Push(cascade);
            }

            Monitor.Pulse(_gate);
        }
    }
}
