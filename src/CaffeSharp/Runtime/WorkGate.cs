namespace CaffeSharp;

/// <summary>
/// Bounds the work that is under way in the process: images of all detectors and asynchronous runs of nets. As many are let in as
/// threads may compute (<see cref="CaffeRuntime.Threads"/>); the others wait, without a thread where they can. What is inside still takes
/// its turn to compute. Code that is inside already passes at once, on whatever thread or task it continues, so that work that waits for work
/// of its own does not wait for itself. Thread-safe.
/// </summary>
internal static class WorkGate
{
    private static readonly Lazy<SemaphoreSlim> s_free = new(static () => new SemaphoreSlim(ThreadBudget.Size));
    private static readonly AsyncLocal<bool> s_inside = new();
    private static int s_waiting;

    /// <summary>The most that are inside.</summary>
    internal static int Size => ThreadBudget.Size;

    /// <summary>Goes in at once, or gives null where there is no room.</summary>
    /// <returns>To be disposed when the work is done.</returns>
    internal static Pass? TryPass() =>
        s_inside.Value ? default(Pass) : s_free.Value.Wait(0, CancellationToken.None) ? new Pass(true) : null;

    /// <summary>Waits to be let in.</summary>
    /// <inheritdoc cref="TryPass"/>
    internal static Pass Enter(CancellationToken stop)
    {
        if (TryPass() is { } pass)
        {
            return pass;
        }

        _ = Interlocked.Increment(ref s_waiting);
        try
        {
            s_free.Value.Wait(stop);
        }
        finally
        {
            _ = Interlocked.Decrement(ref s_waiting);
        }

        return new Pass(true);
    }

    /// <summary>Waits to be let in, without a thread.</summary>
    /// <inheritdoc cref="TryPass"/>
    internal static async Task<Pass> EnterAsync(CancellationToken stop)
    {
        if (TryPass() is { } pass)
        {
            return pass;
        }

        _ = Interlocked.Increment(ref s_waiting);
        try
        {
            await s_free.Value.WaitAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            _ = Interlocked.Decrement(ref s_waiting);
        }

        return new Pass(true);
    }

    /// <summary>Goes in if there is room that nobody waits for. <see cref="Leave"/> ends it.</summary>
    internal static bool TryEnter() => Volatile.Read(ref s_waiting) == 0 && s_free.Value.Wait(0, CancellationToken.None);

    /// <summary>Ends what <see cref="TryEnter"/> began.</summary>
    internal static void Leave() => s_free.Value.Release();

    /// <summary>Runs work that was let in, so that what it starts itself is known to be inside.</summary>
    internal static T Run<T>(Func<T> work)
    {
        bool before = s_inside.Value;
        s_inside.Value = true;
        try
        {
            return work();
        }
        finally
        {
            s_inside.Value = before;
        }
    }

    /// <summary>Being inside, until it is disposed.</summary>
    internal readonly struct Pass(bool isCounted) : IDisposable
    {
        public void Dispose()
        {
            if (isCounted)
            {
                Leave();
            }
        }
    }
}
