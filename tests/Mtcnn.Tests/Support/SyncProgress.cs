namespace Mtcnn.Tests.Support;

/// <summary>Receives progress synchronously on the reporting thread, one report at a time.</summary>
internal sealed class SyncProgress<T>(Action<T> heard) : IProgress<T>
{
    private readonly Lock _one = new();

    public void Report(T value)
    {
        lock (_one)
        {
            heard(value);
        }
    }
}
