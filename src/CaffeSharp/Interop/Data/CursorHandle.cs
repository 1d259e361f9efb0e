namespace CaffeSharp.Interop;

/// <summary>A caffe_cursor, which keeps its database open.</summary>
internal sealed class CursorHandle : CaffeHandle
{
    protected override CaffeStatus Destroy(nint pointer) => DatabaseNative.caffe_cursor_destroy(pointer);
}
