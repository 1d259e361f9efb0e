namespace CaffeSharp.Interop;

/// <summary>A caffe_timer.</summary>
internal sealed class TimerHandle : CaffeHandle
{
    protected override CaffeStatus Destroy(nint pointer) => TimingNative.caffe_timer_destroy(pointer);
}
