using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Dataflow;

namespace Mtcnn.Detection;

/// <summary>Work on many items at a time, with the results in the order of the items and few of them in memory.</summary>
internal static class OrderedBatch
{
    /// <summary>Begins work on items ahead of the result that comes next, and gives the results as they are due.</summary>
    /// <param name="items">The items; read as work begins on them.</param>
    /// <param name="work">Work on one item; called on threads of the thread pool. Its exception ends all, in the place of its result.</param>
    /// <param name="ahead">How many items are taken, and their results kept, ahead of the result that comes next.</param>
    /// <param name="stop">Ends it early. No work continues after the end, early or not.</param>
    /// <param name="atOnce">How many items are worked on at a time; null for as many as are taken ahead.</param>
    public static async IAsyncEnumerable<TResult> RunAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> items,
        Func<TItem, CancellationToken, Task<TResult>> work,
        int ahead,
        [EnumeratorCancellation] CancellationToken stop,
        int? atOnce = null)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        TransformBlock<TItem, Outcome<TResult>> block = new(
            item => AttemptAsync(work, item, end.Token),
            new ExecutionDataflowBlockOptions
            {
                MaxDegreeOfParallelism = atOnce ?? ahead,
                BoundedCapacity = ahead,
                EnsureOrdered = true,
                SingleProducerConstrained = true,
            });
        Task feeding = FeedAsync(items, block, end.Token);
        try
        {
            while (await block.OutputAvailableAsync(end.Token).ConfigureAwait(false))
            {
                while (block.TryReceive(out Outcome<TResult>? outcome))
                {
                    outcome.Failure?.Throw();
                    end.Token.ThrowIfCancellationRequested();
                    yield return outcome.Result!;
                }
            }

            // What the items themselves failed with.
            await feeding.ConfigureAwait(false);
        }
        finally
        {
            // First the end of the work, then the end of all: nothing is left running.
            await end.CancelAsync().ConfigureAwait(false);
            using IDisposable drain = block.LinkTo(DataflowBlock.NullTarget<Outcome<TResult>>());
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await block.Completion.ConfigureAwait(false);
        }
    }

    // A block that fails drops the results before the failure, so the failure is one of the results.
    [SuppressMessage("Design", "CA1031", Justification = "Every exception is carried to the reader, in its place among the results.")]
    private static async Task<Outcome<TResult>> AttemptAsync<TItem, TResult>(
        Func<TItem, CancellationToken, Task<TResult>> work, TItem item, CancellationToken stop)
    {
        try
        {
            stop.ThrowIfCancellationRequested();
            return new Outcome<TResult>(await work(item, stop).ConfigureAwait(false), null);
        }
        catch (Exception failure)
        {
            return new Outcome<TResult>(default, ExceptionDispatchInfo.Capture(failure));
        }
    }

    private static async Task FeedAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> items, TransformBlock<TItem, Outcome<TResult>> block, CancellationToken stop)
    {
        try
        {
            await foreach (TItem item in items.WithCancellation(stop).ConfigureAwait(false))
            {
                if (!await block.SendAsync(item, stop).ConfigureAwait(false))
                {
                    break;
                }
            }
        }
        finally
        {
            block.Complete();
        }
    }

    private sealed record Outcome<TResult>(TResult? Result, ExceptionDispatchInfo? Failure);
}
