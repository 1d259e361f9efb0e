using Mtcnn.Cascade.Stages;

namespace Mtcnn.Detection;

/// <summary>Does the pieces of one step of the cascade, each with the runner of the cascade that it is done with.</summary>
internal sealed class StepExecutor<TRunner>(CascadeExecutor executor, Func<CascadeRunner, TRunner> runnerOf) : IExecutor<TRunner>
{
    public void Run(int count, Action<TRunner, int> work) => executor.Run(count, (cascade, piece) => work(runnerOf(cascade), piece));
}
