using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Reads the records of a database one after the other.</summary>
internal static unsafe class CursorRecords
{
    /// <summary>Reads the record at the cursor, if there is one, and moves on.</summary>
    internal static (byte[] Key, byte[] Value)? Next(this CursorHandle cursor)
    {
        DatabaseNative.caffe_cursor_next(
            cursor, out int found, out byte* key, out long keyLength, out byte* value, out long valueLength).ThrowIfFailed();
        return found == 0
            ? null
            : (new ReadOnlySpan<byte>(key, checked((int)keyLength)).ToArray(),
                new ReadOnlySpan<byte>(value, checked((int)valueLength)).ToArray());
    }
}
