namespace CaffeSharp;

/// <summary>
/// Bounds the work that is under way in the process: images of all detectors and asynchronous runs of nets. As many are let in as
/// threads may compute (<see cref="CaffeRuntime.Threads"/>), in the order in which they came; the others wait, without a thread where they can.
/// What is inside still takes its turn to compute. Code that is inside already passes at once, on whatever thread or task it continues, so
/// that work that waits for its own work does not wait for itself. Thread-safe.
/// </summary>
internal static class WorkGate
{
    private static readonly Lock s_gate = new();
    private static readonly LinkedList<TaskCompletionSource> s_waiting = new();
    private static readonly AsyncLocal<bool> s_inside = new();
    private static int s_entered;

    /// <summary>The most that are inside.</summary>
    internal static int Size => ThreadBudget.Size;

    /// <summary>Goes in at once, or gives null if there is no room or somebody waits.</summary>
    /// <returns>To be disposed when the work is done.</returns>
    internal static Pass? TryPass() => s_inside.Value ? default(Pass) : TryEnter() ? new Pass(true) : null;

    /// <summary>Waits to be let in. It needs no other thread of the thread pool: all of them may be waiting here.</summary>
    /// <inheritdoc cref="TryPass"/>
    internal static Pass Enter(CancellationToken stop)
    {
        if (TryPass() is { } pass)
        {
            return pass;
        }

        try
        {
            // Leave completes the task on its own thread.
            WaitAsync(stop).GetAwaiter().GetResult();
        }
        catch (TaskCanceledException)
        {
            throw new OperationCanceledException(stop);
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

        try
        {
            await WaitAsync(stop).ConfigureAwait(false);
        }
        catch (TaskCanceledException)
        {
            throw new OperationCanceledException(stop);
        }

        return new Pass(true);
    }

    /// <summary>Goes in if there is room that nobody waits for. <see cref="Leave"/> ends it.</summary>
    internal static bool TryEnter()
    {
        int size = Size;
        lock (s_gate)
        {
            if (s_entered >= size || s_waiting.Count > 0)
            {
                return false;
            }

            s_entered++;
            return true;
        }
    }

    /// <summary>Ends what <see cref="TryEnter"/> began, and lets the next in.</summary>
    internal static void Leave()
    {
        TaskCompletionSource next;
        lock (s_gate)
        {
            if (s_waiting.First is not { } first)
            {
                s_entered--;
                return;
            }

            s_waiting.Remove(first);
            next = first.Value;
        }

        next.SetResult();
    }

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

    private static Task WaitAsync(CancellationToken stop)
    {
        int size = Size;
        TaskCompletionSource waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource> node;
        lock (s_gate)
        {
            if (s_entered < size && s_waiting.Count == 0)
            {
                s_entered++;
                return Task.CompletedTask;
            }

            node = s_waiting.AddLast(waiter);
        }

        return stop.CanBeCanceled ? WaitOrStopAsync(node, stop) : waiter.Task;
    }

    private static Task WaitOrStopAsync(LinkedListNode<TaskCompletionSource> node, CancellationToken stop)
    {
        CancellationTokenRegistration registration = stop.UnsafeRegister(
            static (state, stop) =>
            {
                LinkedListNode<TaskCompletionSource> waiting = (LinkedListNode<TaskCompletionSource>)state!;
                lock (s_gate)
                {
                    if (waiting.List is null)
                    {
                        // Let in already.
                        return;
                    }

                    s_waiting.Remove(waiting);
                }

                waiting.Value.SetCanceled(stop);
            },
            node);
        _ = node.Value.Task.ContinueWith(
            static (_, state) => ((CancellationTokenRegistration)state!).Unregister(),
            registration,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return node.Value.Task;
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
