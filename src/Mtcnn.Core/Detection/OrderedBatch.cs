using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Mtcnn.Detection;

/// <summary>Work on many items at a time, with the results in the order of the items and few of them in memory.</summary>
internal static class OrderedBatch
{
    /// <summary>Begins work on items ahead of the result that comes next, and gives the results as they are due.</summary>
    /// <param name="items">The items; read as work begins on them.</param>
    /// <param name="work">Work on one item. Its exception ends all.</param>
    /// <param name="ahead">How many items are worked on ahead.</param>
    /// <param name="stop">Ends it early. No work goes on after the end, early or not.</param>
    public static async IAsyncEnumerable<TResult> RunAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> items,
        Func<TItem, CancellationToken, Task<TResult>> work,
        int ahead,
        [EnumeratorCancellation] CancellationToken stop)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Channel<Task<TResult>> begun = Channel.CreateBounded<Task<TResult>>(
            new BoundedChannelOptions(ahead) { SingleReader = true, SingleWriter = true });
        Task feeding = FeedAsync(items, work, begun.Writer, end.Token);
        try
        {
            await foreach (Task<TResult> next in begun.Reader.ReadAllAsync(end.Token).ConfigureAwait(false))
            {
                // First the end of the work, then the end of all: nothing is left running.
                TResult result = await next.ConfigureAwait(false);
                end.Token.ThrowIfCancellationRequested();
                yield return result;
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (begun.Reader.TryRead(out Task<TResult>? rest))
            {
                await ((Task)rest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task FeedAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> items, Func<TItem, CancellationToken, Task<TResult>> work, ChannelWriter<Task<TResult>> begun, CancellationToken stop)
    {
        Exception? failure = null;
        try
        {
            await foreach (TItem item in items.WithCancellation(stop).ConfigureAwait(false))
            {
                if (!await begun.WaitToWriteAsync(stop).ConfigureAwait(false))
                {
                    break;
                }

                _ = begun.TryWrite(work(item, stop));
            }
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            begun.TryComplete(failure);
        }
    }
}
