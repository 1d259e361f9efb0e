namespace CaffeSharp.Tests.Support;

/// <summary>Fails a test that leaves a net or a blob to the garbage collector.</summary>
public abstract class LeakGate : IDisposable
{
    private readonly long _before = CollectedSoFar();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Assert.Equal(_before, CollectedSoFar());

    /// <summary>Handles that reached their finalizers, after all that can have done so.</summary>
    private protected static long CollectedSoFar()
    {
        // Twice: a blob's handle that is finalized lets go of its net's.
        for (int round = 0; round < 2; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return CaffeRuntime.FinalizedHandles;
    }
}
