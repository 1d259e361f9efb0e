using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using CaffeSharp;
using Mtcnn.Cascade.Stages;

namespace Mtcnn.Detection;

/// <summary>
/// A cascade that is lent to a caller, and those that nobody else needs at the moment to help it: work on one image spreads over
/// the cores that are idle, and over none that other images use. One caller at a time.
/// </summary>
/// <param name="pool">Where helpers come from.</param>
/// <param name="lead">The cascade that works on the caller's thread.</param>
/// <param name="threads">The most threads that are active, including the caller's.</param>
internal sealed class CascadeExecutor(CascadePool pool, CascadeRunner lead, int threads)
{
    private Action<CascadeRunner, int>? _work;
    private Action<CascadeRunner>? _help;
    private int _count;
    private int _next;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Ends the work between two pieces, with an exception.</summary>
    public CancellationToken Stop { get; set; }

    /// <inheritdoc cref="IExecutor{TRunner}.Run"/>
    public void Run(int count, Action<CascadeRunner, int> work)
    {
        _work = work;
        _count = count;
        _next = 0;
        _failure = null;
        Stack<Helper>? helpers = CallHelpers(Math.Min(threads, count) - 1);
        Work(lead);
        while (helpers is not null && helpers.TryPop(out Helper? helper))
        {
            helper.End();
        }

        _work = null;
        _failure?.Throw();
    }

    private Stack<Helper>? CallHelpers(int wanted)
    {
        Stack<Helper>? helpers = null;
        for (; wanted > 0 && CascadePool.TryReserve(); wanted--)
        {
            Helper helper = new(this);
            helpers ??= new Stack<Helper>(wanted);
            helpers.Push(helper);
            ThreadPool.UnsafeQueueUserWorkItem(helper, preferLocal: false);
        }

        return helpers;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Every exception is carried to the caller's thread.")]
    private void Work(CascadeRunner cascade)
    {
        try
        {
            for (int piece = Interlocked.Increment(ref _next) - 1; piece < _count; piece = Interlocked.Increment(ref _next) - 1)
            {
                Stop.ThrowIfCancellationRequested();
                ComputeTurn.LetOthersCompute();
                _work!(cascade, piece);
            }
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }

    private void Fail(Exception failure)
    {
        _ = Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
        _ = Interlocked.Add(ref _next, _count);
    }

    /// <summary>A reserved cascade that runs on a thread of the thread pool, if one comes free in time.</summary>
    private sealed class Helper(CascadeExecutor executor) : IThreadPoolWorkItem
    {
        private readonly object _gate = new();
        private State _state;

        private enum State
        {
            Called,
            Working,
            Done,
        }

        [SuppressMessage("Design", "CA1031", Justification = "Every exception is carried to the caller's thread.")]
        public void Execute()
        {
            lock (_gate)
            {
                if (_state == State.Done)
                {
                    return;
                }

                _state = State.Working;
            }

            try
            {
                executor.Help();
            }
            catch (Exception failure)
            {
                executor.Fail(failure);
            }
            finally
            {
                lock (_gate)
                {
                    _state = State.Done;
                    Monitor.PulseAll(_gate);
                }
            }
        }

        /// <summary>Waits until the helper is done, or sends it away if it has not begun, so that a busy thread pool delays nothing.</summary>
        public void End()
        {
            lock (_gate)
            {
                if (_state == State.Called)
                {
                    _state = State.Done;
                    CascadePool.Release();
                    return;
                }

                if (_state == State.Done)
                {
                    return;
                }
            }

            // The helper may have to wait for its turn between two pieces.
            int places = ComputeTurn.Pause();
            try
            {
                WaitUntilDone();
            }
            finally
            {
                ComputeTurn.Resume(places);
            }
        }

        private void WaitUntilDone()
        {
            lock (_gate)
            {
                while (_state != State.Done)
                {
                    _ = Monitor.Wait(_gate);
                }
            }
        }
    }

    private void Help() => pool.UseReserved(_help ??= HelpWith);

    private void HelpWith(CascadeRunner cascade)
    {
        // Where something else computes by now, the caller's thread is faster alone.
        using ComputeTurn turn = ComputeTurn.TryEnter();
        if (turn.IsEntered)
        {
            Work(cascade);
        }
    }
}
