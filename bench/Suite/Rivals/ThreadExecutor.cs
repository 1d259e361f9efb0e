using Mtcnn.Cascade.Stages;

namespace Mtcnn.Suite.Rivals;

/// <summary>One thread per runner; each takes the next piece when it is done with one.</summary>
internal sealed class ThreadExecutor<TRunner>(TRunner[] runners) : IExecutor<TRunner>
{
    public void Run(int count, Action<TRunner, int> work)
    {
        int next = 0;
        Task[] helpers = [.. runners.Skip(1).Take(count - 1).Select(runner => Task.Run(() => Work(runner)))];
        Work(runners[0]);
        Task.WaitAll(helpers);

        void Work(TRunner runner)
        {
            for (int piece = Interlocked.Increment(ref next) - 1; piece < count; piece = Interlocked.Increment(ref next) - 1)
            {
                work(runner, piece);
            }
        }
    }
}
