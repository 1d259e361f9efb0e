using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>The size of the process's thread budget, before and after the native half is loaded.</summary>
internal static class ThreadBudget
{
    private static readonly Lock s_gate = new();
    private static int s_configured;
    private static bool s_isInstalled;

    /// <summary>How many threads may compute at a time.</summary>
    internal static int Size
    {
        get
        {
            lock (s_gate)
            {
                if (!s_isInstalled)
                {
                    return Configured;
                }
            }

            ThreadsNative.caffe_threads_budget(out int threads).ThrowIfFailed();
            return threads;
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            lock (s_gate)
            {
                if (!s_isInstalled)
                {
                    s_configured = value;
                    return;
                }
            }

            CaffeStatus status = ThreadsNative.caffe_threads_set_budget(value);
            if (status == CaffeStatus.ErrorBusy)
            {
                throw new InvalidOperationException(
                    $"This process computes with {Size} threads already. Set {nameof(CaffeRuntime)}.{nameof(CaffeRuntime.Threads)} " +
                    "before the first net, solver or detector is made.");
            }

            status.ThrowIfFailed();
        }
    }

    private static int Configured => s_configured > 0 ? s_configured : Environment.ProcessorCount;

    /// <summary>Tells the native half, which has just been loaded. Where another program in this process has computed with it, its
    /// size stays.</summary>
    internal static void Install()
    {
        lock (s_gate)
        {
            CaffeStatus status = ThreadsNative.caffe_threads_set_budget(Configured);
            if (status != CaffeStatus.ErrorBusy)
            {
                status.ThrowIfFailed();
            }

            s_isInstalled = true;
        }
    }
}
