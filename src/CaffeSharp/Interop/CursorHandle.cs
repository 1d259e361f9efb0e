namespace CaffeSharp.Interop;

/// <summary>A caffe_cursor, which keeps its database open.</summary>
internal sealed unsafe class CursorHandle : CaffeHandle
{
    /// <summary>Reads the record at the cursor, if there is one, and moves on.</summary>
    internal (byte[] Key, byte[] Value)? Next()
    {
        DatabaseNative.caffe_cursor_next(
            this, out int found, out byte* key, out long keyLength, out byte* value, out long valueLength).ThrowIfFailed();
        return found == 0
            ? null
            : (new ReadOnlySpan<byte>(key, checked((int)keyLength)).ToArray(),
                new ReadOnlySpan<byte>(value, checked((int)valueLength)).ToArray());
    }

    protected override CaffeStatus Destroy(nint pointer) => DatabaseNative.caffe_cursor_destroy(pointer);
}
