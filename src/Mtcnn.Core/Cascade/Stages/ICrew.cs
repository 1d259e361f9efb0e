namespace Mtcnn.Detection;

/// <summary>
/// Does numbered pieces of work, one after the other or several at a time, on threads of which each has its own tool. What
/// a piece gives must not depend on the thread and the order, so that results never depend on the number of threads.
/// </summary>
/// <typeparam name="TTool">What a piece is done with: a network and what belongs to it.</typeparam>
internal interface ICrew<out TTool>
{
    /// <summary>Does the pieces 0 to <paramref name="count"/> - 1 and returns when all are done. One caller at a time.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="work">Does one piece. Its first exception ends the rest and is thrown here.</param>
    void Run(int count, Action<TTool, int> work);
}
