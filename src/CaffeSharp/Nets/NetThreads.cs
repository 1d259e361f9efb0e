namespace CaffeSharp;

/// <summary>Threads for runs that nobody waits for in place. A run computes for long and never waits, so it gets a thread of
/// its own instead of one of the pool's; at most as many run at once as there are processors, the others wait without a
/// thread.</summary>
internal static class NetThreads
{
    private static readonly SemaphoreSlim s_free = new(Environment.ProcessorCount);

    internal static async Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await s_free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Factory.StartNew(
                work,
                cancellationToken,
                TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach |
                    TaskCreationOptions.RunContinuationsAsynchronously,
                TaskScheduler.Default).ConfigureAwait(false);
        }
        finally
        {
            s_free.Release();
        }
    }
}
