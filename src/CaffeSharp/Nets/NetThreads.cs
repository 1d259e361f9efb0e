namespace CaffeSharp;

/// <summary>Threads for runs that nobody waits for in place. A run computes for long, so it gets its own thread instead of one of
/// the pool's; <see cref="WorkGate"/> bounds how many there are.</summary>
internal static class NetThreads
{
    internal static async Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken)
    {
        using WorkGate.Pass pass = await WorkGate.EnterAsync(cancellationToken).ConfigureAwait(false);
        return await Task.Factory.StartNew(
            () => WorkGate.Run(work),
            cancellationToken,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach |
                TaskCreationOptions.RunContinuationsAsynchronously,
            TaskScheduler.Default).ConfigureAwait(false);
    }
}
