using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Dataflow;

namespace Mtcnn.Cli.Detect;

/// <summary>Work on several items at a time, with the results in the order of the items and few of them in memory.</summary>
internal static class OrderedWork
{
    // A slow item holds back the results of so many later ones for each worker before the workers wait for it.
    private const int WindowPerWorker = 8;

    /// <summary>
    /// Calls <paramref name="work"/> with each index from 0 to <paramref name="count"/> - 1, at most
    /// <paramref name="workers"/> at a time, and <paramref name="take"/> with the results in order, one at a time.
    /// Once <paramref name="stop"/> is cancelled no further work begins; what had begun before is still taken. The
    /// first exception, in the same order, of either ends it. No work goes on after the return.
    /// </summary>
    public static async Task RunAsync<T>(
        int count, int workers, Func<int, T> work, Action<T> take, CancellationToken stop)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        TransformBlock<int, Outcome<T>?> block = new(
            index => end.IsCancellationRequested ? null : Attempt(work, index),
            new ExecutionDataflowBlockOptions
            {
                MaxDegreeOfParallelism = workers,
                BoundedCapacity = workers * WindowPerWorker,
                EnsureOrdered = true,
                SingleProducerConstrained = true,
            });
        Task feeding = FeedAsync(block, count, end.Token);
        try
        {
            while (await block.OutputAvailableAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (block.TryReceive(out Outcome<T>? outcome))
                {
                    if (outcome is not null)
                    {
                        outcome.Failure?.Throw();
                        take(outcome.Result!);
                    }
                }
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            using IDisposable drain = block.LinkTo(DataflowBlock.NullTarget<Outcome<T>?>());
            await feeding.ConfigureAwait(false);
            await block.Completion.ConfigureAwait(false);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Every exception is carried to the taker, in its place among the results.")]
    private static Outcome<T> Attempt<T>(Func<int, T> work, int index)
    {
        try
        {
            return new Outcome<T>(work(index), null);
        }
        catch (Exception failure)
        {
            return new Outcome<T>(default, ExceptionDispatchInfo.Capture(failure));
        }
    }

    private static async Task FeedAsync<T>(TransformBlock<int, T> block, int count, CancellationToken stop)
    {
        for (int index = 0; index < count && !stop.IsCancellationRequested; index++)
        {
            await block.SendAsync(index, CancellationToken.None).ConfigureAwait(false);
        }

        block.Complete();
    }

    private sealed record Outcome<T>(T? Result, ExceptionDispatchInfo? Failure);
}
