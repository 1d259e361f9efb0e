using Mtcnn.Detection;

namespace Mtcnn.Tests.Detection;

/// <summary>Work on many items, a few of them ahead.</summary>
public sealed class OrderedBatchTests
{
    [Fact]
    public async Task Batch_that_is_canceled_ends_after_its_last_work_has()
    {
        using CancellationTokenSource stop = new();
        TaskCompletionSource lastBegan = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int running = 0;
        IAsyncEnumerator<int> results = OrderedBatch.RunAsync(Enumerable.Range(0, 3).ToAsyncEnumerable(), WorkAsync, ahead: 3, stop.Token).GetAsyncEnumerator();

        Assert.True(await results.MoveNextAsync());
        await lastBegan.Task;
        await stop.CancelAsync();
        Task<bool> end = results.MoveNextAsync().AsTask();
        await Task.Delay(100);
        bool endedBeforeWork = end.IsCompleted;
        goOn.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => end);
        Assert.False(endedBeforeWork);
        Assert.Equal(0, Volatile.Read(ref running));
        await results.DisposeAsync();

        // The first item is done at once; the others do not look at their token, as a detector does not while a picture is in a net.
        async Task<int> WorkAsync(int item, CancellationToken unheeded)
        {
            if (item > 0)
            {
                Interlocked.Increment(ref running);
                if (item == 2)
                {
                    lastBegan.SetResult();
                }

                await goOn.Task;
                Interlocked.Decrement(ref running);
            }

            return item;
        }
    }
}
