namespace CaffeSharp.Interop;

/// <summary>A caffe_database.</summary>
internal sealed class DatabaseHandle : CaffeHandle
{
    protected override CaffeStatus Destroy(nint pointer) => DatabaseNative.caffe_database_destroy(pointer);
}
