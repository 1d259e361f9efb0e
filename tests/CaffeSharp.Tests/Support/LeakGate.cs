namespace CaffeSharp.Tests.Support;

/// <summary>
/// Fails a test that leaves a net or a blob to the garbage collector. The finalized handles of the whole process are counted, so that a
/// leak also fails tests that run at the same time; a test that leaves handles on purpose is in the <see cref="AloneCollection"/>.
/// </summary>
public abstract class LeakGate : IDisposable
{
    private long _expected = CollectedSoFar();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Assert.Equal(_expected, CollectedSoFar());

    /// <summary>Lets a test leave handles behind that is about just that.</summary>
    private protected void ExpectCollected(int handles) => _expected += handles;

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
