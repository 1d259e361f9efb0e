namespace CaffeSharp;

/// <summary>Whose a net is while several of its calls belong together: the batches of <see cref="Net.ForwardAll"/>, or a run
/// that is going to start on its own thread. Other threads are refused then, also between two layers.</summary>
internal sealed class NetOwnership
{
    private const int Nobody = 0;
    private const int SomebodyToCome = -1;

    // A managed thread's id, which is above 0, or one of those above.
    private int _thread = Nobody;

    /// <summary>Takes the net for a thread that is not known yet; <see cref="Release"/> must follow.</summary>
    internal void Reserve(Net net)
    {
        if (Interlocked.CompareExchange(ref _thread, SomebodyToCome, Nobody) != Nobody)
        {
            throw Busy(net);
        }
    }

    /// <summary>Gives a net that is reserved to the calling thread.</summary>
    internal void Enter() => Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);

    internal void Release() => Volatile.Write(ref _thread, Nobody);

    internal void Require(Net net)
    {
        int thread = Volatile.Read(ref _thread);
        if (thread != Nobody && thread != Environment.CurrentManagedThreadId)
        {
            throw Busy(net);
        }
    }

    private static CaffeException Busy(Net net) =>
        new($"The net '{net.Name}' is running batches or an asynchronous call; await it, or give each thread its own net " +
            "with CloneSharingWeights.")
        {
            Kind = CaffeErrorKind.Busy,
        };
}
