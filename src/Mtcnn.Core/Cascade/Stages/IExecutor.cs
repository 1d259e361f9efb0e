namespace Mtcnn.Cascade.Stages;

/// <summary>
/// Does numbered pieces of work, one after the other or several at a time, on threads of which each has its own runner. The
/// result of a piece must not depend on the thread and the order, so that results never depend on the number of threads.
/// </summary>
/// <typeparam name="TRunner">Runs a network on a piece.</typeparam>
internal interface IExecutor<out TRunner>
{
    /// <summary>Does the pieces 0 to <paramref name="count"/> - 1 and returns when all are done. One caller at a time.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="work">Does one piece. Its first exception ends the rest and is thrown here.</param>
    void Run(int count, Action<TRunner, int> work);
}
