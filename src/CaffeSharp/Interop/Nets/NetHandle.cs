namespace CaffeSharp.Interop;

/// <summary>A caffe_net.</summary>
internal sealed class NetHandle : CaffeHandle
{
    /// <summary>The hooks of the net, which live as long as a call can be inside it and are disposed after it; null before the first.</summary>
    internal IDisposable? Hooks { get; set; }

    protected override CaffeStatus Destroy(nint pointer)
    {
        CaffeStatus status = NetNative.caffe_net_destroy(pointer);
        Hooks?.Dispose();
        return status;
    }
}
