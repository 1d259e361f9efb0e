using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>A native object that is destroyed once, when the last user has let go of it, on whatever thread.</summary>
internal abstract class CaffeHandle : SafeHandle
{
    private static long s_finalized;

    private readonly Lock _accounting = new();
    private long _accountedBytes;

    protected CaffeHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Handles, in the whole process, that nobody disposed.</summary>
    internal static long Finalized => Interlocked.Read(ref s_finalized);

    /// <summary>Tells the garbage collector what the object holds by now. Caffe gives no memory back before the end, so
    /// only growth counts.</summary>
    internal void AccountFor(long bytes)
    {
        lock (_accounting)
        {
            if (bytes > _accountedBytes && !IsClosed)
            {
                GC.AddMemoryPressure(bytes - _accountedBytes);
                _accountedBytes = bytes;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing && !IsInvalid && !IsClosed)
        {
            Interlocked.Increment(ref s_finalized);
        }

        base.Dispose(disposing);
    }

    protected sealed override bool ReleaseHandle()
    {
        bool destroyed = Destroy(handle) == CaffeStatus.Ok;
        lock (_accounting)
        {
            if (_accountedBytes > 0)
            {
                GC.RemoveMemoryPressure(_accountedBytes);
                _accountedBytes = 0;
            }
        }

        return destroyed;
    }

    /// <summary>Destroys the native object; must not throw.</summary>
    protected abstract CaffeStatus Destroy(nint pointer);
}
