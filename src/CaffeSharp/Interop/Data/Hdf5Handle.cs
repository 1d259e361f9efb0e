namespace CaffeSharp.Interop;

/// <summary>A caffe_hdf5.</summary>
internal sealed class Hdf5Handle : CaffeHandle
{
    protected override CaffeStatus Destroy(nint pointer) => Hdf5Native.caffe_hdf5_destroy(pointer);
}
