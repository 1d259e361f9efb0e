using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>A cancellation as native code sees it: a number that is not 0 any more.</summary>
internal sealed unsafe class StopFlag : IDisposable
{
    private readonly CancellationTokenRegistration _registration;
    private readonly int* _flag;

    internal StopFlag(CancellationToken cancellationToken)
    {
        _flag = (int*)NativeMemory.AllocZeroed(sizeof(int));
        _registration = cancellationToken.UnsafeRegister(static flag => Volatile.Write(ref *(int*)(nint)flag!, 1), (nint)_flag);
    }

    internal int* Pointer => _flag;

    public void Dispose()
    {
        // Waits for a cancellation that is in progress.
        _registration.Dispose();
        NativeMemory.Free(_flag);
    }
}
