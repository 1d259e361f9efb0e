namespace CaffeSharp.Interop;

/// <summary>A caffe_hdf5_image.</summary>
internal sealed class Hdf5ImageHandle : CaffeHandle
{
    protected override CaffeStatus Destroy(nint pointer) => Hdf5Native.caffe_hdf5_image_destroy(pointer);
}
