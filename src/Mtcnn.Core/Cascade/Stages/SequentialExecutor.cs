namespace Mtcnn.Cascade.Stages;

/// <summary>Does all work on the caller's thread.</summary>
internal sealed class SequentialExecutor<TRunner>(TRunner runner) : IExecutor<TRunner>
{
    public void Run(int count, Action<TRunner, int> work)
    {
        for (int piece = 0; piece < count; piece++)
        {
            work(runner, piece);
        }
    }
}
