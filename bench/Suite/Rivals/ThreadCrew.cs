using Mtcnn.Detection;

namespace Mtcnn.Suite.Rivals;

/// <summary>A thread a tool; each takes the next piece when it is done with one.</summary>
internal sealed class ThreadCrew<TTool>(TTool[] tools) : ICrew<TTool>
{
    public void Run(int count, Action<TTool, int> work)
    {
        int next = 0;
        Task[] helpers = [.. tools.Skip(1).Take(count - 1).Select(tool => Task.Run(() => Work(tool)))];
        Work(tools[0]);
        Task.WaitAll(helpers);

        void Work(TTool tool)
        {
            for (int piece = Interlocked.Increment(ref next) - 1; piece < count; piece = Interlocked.Increment(ref next) - 1)
            {
                work(tool, piece);
            }
        }
    }
}
