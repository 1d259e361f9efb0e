namespace CaffeSharp.Interop;

/// <summary>A caffe_net.</summary>
internal sealed class NetHandle : CaffeHandle
{
    protected override CaffeStatus Destroy(nint pointer) => NetNative.caffe_net_destroy(pointer);
}
