using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>caffe_threads_usage of threads.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeThreadsUsage
{
    internal int Budget;
    internal int Held;
    internal int MostHeld;
    internal int Waiting;
}
