using Mtcnn.Detection;

namespace Mtcnn.Tests.Detection;

/// <summary>Processing many items, a few of them in advance.</summary>
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

        // The first item completes immediately. The others do not check their token, like a detector while a net runs.
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

    [Fact]
    public async Task Batch_whose_work_fails_gives_what_came_before_and_then_the_failure_although_later_work_was_faster()
    {
        TaskCompletionSource thirdIsDone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<int> results = [];

        TimeoutException failure = await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await foreach (int result in OrderedBatch.RunAsync(Enumerable.Range(0, 100).ToAsyncEnumerable(), WorkAsync, ahead: 4, CancellationToken.None))
            {
                results.Add(result);
            }
        });

        Assert.Equal("item 2", failure.Message);
        Assert.Equal([0, 10], results);

        async Task<int> WorkAsync(int item, CancellationToken stop)
        {
            if (item == 3)
            {
                thirdIsDone.SetResult();
            }
            else if (item == 2)
            {
                await thirdIsDone.Task.WaitAsync(stop);
                throw new TimeoutException("item 2");
            }

            return 10 * item;
        }
    }

    [Theory]
    [InlineData(6, null, 6)]
    [InlineData(6, 2, 2)]
    public async Task Batch_works_on_no_more_items_than_it_may_and_takes_no_more_ahead(int ahead, int? atOnce, int most)
    {
        int taken = 0;
        int running = 0;
        int mostRunning = 0;
        int given = 0;
        IEnumerable<int> items = Enumerable.Range(0, 200).Select(item =>
        {
            taken++;
            return item;
        });

        await foreach (int result in OrderedBatch.RunAsync(items.ToAsyncEnumerable(), WorkAsync, ahead, CancellationToken.None, atOnce))
        {
            Assert.Equal(given++, result);

            // One more item waits to start.
            Assert.InRange(Volatile.Read(ref taken), given, given + ahead + 1);
        }

        Assert.Equal(200, given);
        Assert.InRange(mostRunning, 1, most);

        async Task<int> WorkAsync(int item, CancellationToken stop)
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref mostRunning, now);
            await Task.Delay(item % 3, stop);
            Interlocked.Decrement(ref running);
            return item;
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int before = Volatile.Read(ref target); before < value && Interlocked.CompareExchange(ref target, value, before) != before; before = Volatile.Read(ref target))
        {
        }
    }
}
