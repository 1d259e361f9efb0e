using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>database.h.</summary>
internal static unsafe partial class DatabaseNative
{
    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_database_open(string path, int backend, int mode, out DatabaseHandle database);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_database_destroy(nint database);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_database_put(
        DatabaseHandle database, ReadOnlySpan<byte> key, long keyLength, ReadOnlySpan<byte> value, long valueLength);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_database_commit(DatabaseHandle database);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_database_count(DatabaseHandle database, out long count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_database_cursor(DatabaseHandle database, out CursorHandle cursor);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_cursor_destroy(nint cursor);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_cursor_next(
        CursorHandle cursor, out int found, out byte* key, out long keyLength, out byte* value, out long valueLength);
}
