using CaffeSharp;
using CaffeSharp.Interop;

namespace Mtcnn.ThreadBudget;

/// <summary>What the native half counts.</summary>
internal static class BudgetUsage
{
    /// <summary>The most places that were held at a time since the last call.</summary>
    public static int TakeMostHeld()
    {
        ThreadsNative.caffe_threads_observe(1, out NativeThreadsUsage usage).ThrowIfFailed();
        return usage.MostHeld;
    }
}
