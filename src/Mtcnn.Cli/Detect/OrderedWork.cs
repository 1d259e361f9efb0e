using Mtcnn.Detection;

namespace Mtcnn.Cli.Detect;

/// <summary>Processes several numbered items at a time and returns the results in the order of the items, with few of them in memory.</summary>
internal static class OrderedWork
{
    // The number of later results per worker that are kept while a slow item is processed. Then the workers wait for it.
    private const int WindowPerWorker = 8;

    /// <summary>
    /// Calls <paramref name="work"/> with each index from 0 to <paramref name="count"/> - 1, at most
    /// <paramref name="workers"/> at a time, and <paramref name="take"/> with the results in order, one at a time.
    /// After <paramref name="stop"/> is cancelled, no further work starts; the results of started work are still taken. The
    /// first exception of either, in the same order, ends the processing. All work has ended when the method returns.
    /// </summary>
    public static async Task RunAsync<T>(int count, int workers, Func<int, T> work, Action<T> take, CancellationToken stop)
    {
        IAsyncEnumerable<int> indices = Enumerable.Range(0, count).TakeWhile(_ => !stop.IsCancellationRequested).ToAsyncEnumerable();
        IAsyncEnumerable<(bool IsDone, T? Result)> results = OrderedBatch.RunAsync(
            indices, (index, _) => Task.FromResult(Attempt(index)), workers * WindowPerWorker, CancellationToken.None, workers);
        await foreach ((bool isDone, T? result) in results.ConfigureAwait(false))
        {
            if (isDone)
            {
                take(result!);
            }
        }

        (bool IsDone, T? Result) Attempt(int index) => stop.IsCancellationRequested ? default : (true, work(index));
    }
}
