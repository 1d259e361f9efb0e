namespace CaffeSharp.Interop;

/// <summary>A caffe_blob, free-standing or of a net.</summary>
internal sealed class BlobHandle : CaffeHandle
{
    private NetHandle? _net;

    /// <summary>Keeps the net's native object until this one is destroyed.</summary>
    internal void KeepAlive(NetHandle net)
    {
        bool added = false;
        net.DangerousAddRef(ref added);
        _net = net;
    }

    protected override CaffeStatus Destroy(nint pointer)
    {
        CaffeStatus status = BlobNative.caffe_blob_destroy(pointer);
        _net?.DangerousRelease();
        _net = null;
        return status;
    }
}
