using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using CaffeSharp.Interop;
using CaffeSharp.Messages;
using Google.Protobuf;

namespace CaffeSharp;

/// <summary>A database of Datums, as Caffe's Data layer reads it, in LMDB or LevelDB. It is opened by Caffe's own code, so
/// that in one process its locks are those of the layers. It is open either to write or to read. Members may be called from
/// any thread, also at the same time. Dispose it when done: a store that is open to write shuts others out.</summary>
/// <example><code>
/// using (DatumStore store = DatumStore.Create("train_lmdb"))
/// {
///     store.Put("00000000", DatumArrays.FromBytes(pixels, channels: 1, height: 28, width: 28, label: 7));
/// }
/// </code></example>
[DebuggerDisplay("{Path} ({Backend})")]
public sealed class DatumStore : IDisposable
{
    // As Caffe's own tools do.
    private const int BatchRecords = 1000;
    private const long BatchBytes = 64 << 20;

    private readonly DatabaseHandle _handle;
    private readonly Lock _batch = new();
    private int _pendingRecords;
    private long _pendingBytes;

    private DatumStore(DatabaseHandle handle, string path, DatabaseBackend backend, bool isWritable)
    {
        _handle = handle;
        Path = path;
        Backend = backend;
        IsWritable = isWritable;
    }

    /// <summary>The database's folder, as it was given.</summary>
    public string Path { get; }

    /// <summary>The kind of database.</summary>
    public DatabaseBackend Backend { get; }

    /// <summary>Whether it is open to write; else it is open to read.</summary>
    public bool IsWritable { get; }

    /// <summary>Whether it was disposed.</summary>
    public bool IsDisposed => _handle.IsClosed;

    /// <summary>Makes a new database, to write.</summary>
    /// <param name="path">Its folder, which is made; the folder around it must be there.</param>
    /// <param name="backend">The kind of database.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CaffeException">There is something of that name already, or it cannot be made: permission, a full
    /// disk, a missing folder.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static DatumStore Create(string path, DatabaseBackend backend = DatabaseBackend.Lmdb) =>
        Open(path, backend, DatabaseMode.New);

    /// <summary>Opens a database to write more into it.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="backend">The kind of database; null to see by its files.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CaffeException">It is missing, damaged, not to be written, or is open already, here or in another
    /// process (<see cref="CaffeErrorKind.Busy"/>).</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static DatumStore Append(string path, DatabaseBackend? backend = null) =>
        Open(path, backend ?? BackendOf(path), DatabaseMode.Write);

    /// <summary>Opens a database to read.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="backend">The kind of database; null to see by its files.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CaffeException">It is missing, is not a database, is truncated or damaged, cannot be read; or another
    /// process has locked it, or it is open to write here (<see cref="CaffeErrorKind.Busy"/>).</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static DatumStore Open(string path, DatabaseBackend? backend = null) =>
        Open(path, backend ?? BackendOf(path), DatabaseMode.Read);

    /// <summary>Adds a record, or replaces the one of that key. Every 1,000 records, or 64 MB of them, are written together;
    /// the last with <see cref="Commit"/> or <see cref="Dispose"/>.</summary>
    /// <param name="key">The key; 1 to 511 bytes of UTF-8 in LMDB. Readers get the records in the order of their keys, byte by
    /// byte, so numbers want leading zeros.</param>
    /// <param name="datum">The record.</param>
    /// <exception cref="ArgumentException">The key is empty; or the Datum has another number of values than its shape, which
    /// no Data layer reads.</exception>
    /// <exception cref="InvalidOperationException">The store is open to read.</exception>
    /// <exception cref="CaffeException">The key is too long; or the records cannot be written, as for
    /// <see cref="Commit"/>.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public void Put(string key, Datum datum)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(datum);
        DatumArrays.RequireValues(datum, nameof(datum));
        RequireWritable();
        byte[] keyBytes = Encoding.UTF8.GetBytes(key);
        byte[] value = datum.ToByteArray();
        lock (_batch)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            DatabaseNative.caffe_database_put(_handle, keyBytes, keyBytes.Length, value, value.Length).ThrowIfFailed();
            _pendingRecords++;
            _pendingBytes += value.Length;
            if (_pendingRecords >= BatchRecords || _pendingBytes >= BatchBytes)
            {
                WriteBatch();
            }
        }
    }

    /// <summary>Writes the records that were put since the last batch: all of them or, where this fails, none. What was
    /// written before stays.</summary>
    /// <exception cref="InvalidOperationException">The store is open to read.</exception>
    /// <exception cref="CaffeException">They cannot be written: a full disk. They are no longer waiting then.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public void Commit()
    {
        RequireWritable();
        lock (_batch)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            WriteBatch();
        }
    }

    /// <summary>Counts the records, by going through all their keys.</summary>
    /// <exception cref="InvalidOperationException">The store is open to write.</exception>
    /// <exception cref="CaffeException">The database is damaged.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public long CountRecords()
    {
        RequireReadable();
        DatabaseNative.caffe_database_count(_handle, out long count).ThrowIfFailed();
        return count;
    }

    /// <summary>Reads the records one by one, in the order of their keys, from the first each time it is gone through. They
    /// are never all in memory. What others write meanwhile is not seen.</summary>
    /// <exception cref="InvalidOperationException">The store is open to write.</exception>
    /// <exception cref="CaffeException">While it is gone through: a record is not a Datum (with its key), or the database is
    /// damaged.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed, also while it is gone through.</exception>
    public IEnumerable<KeyValuePair<string, Datum>> ReadRecords()
    {
        RequireReadable();
        return Records();
    }

    /// <summary>Writes the records that are waiting, as <see cref="Commit"/> does and with its exceptions, and closes the
    /// database. May be called more than once.</summary>
    public void Dispose()
    {
        lock (_batch)
        {
            try
            {
                if (_pendingRecords > 0)
                {
                    WriteBatch();
                }
            }
            finally
            {
                _handle.Dispose();
            }
        }
    }

    private static DatabaseBackend BackendOf(string path) =>
        File.Exists(System.IO.Path.Combine(NativeText.CheckedPath(path), "CURRENT"))
            ? DatabaseBackend.LevelDB : DatabaseBackend.Lmdb;

    [SuppressMessage("Reliability", "CA2000", Justification = "The store that is made of a handle owns it.")]
    private static DatumStore Open(string path, DatabaseBackend backend, DatabaseMode mode)
    {
        NativeText.CheckedPath(path);
        DatabaseNative.caffe_database_open(path, (int)backend, (int)mode, out DatabaseHandle handle).ThrowIfFailed();
        return new(handle, path, backend, mode != DatabaseMode.Read);
    }

    private void WriteBatch()
    {
        // A batch that fails is gone.
        _pendingRecords = 0;
        _pendingBytes = 0;
        DatabaseNative.caffe_database_commit(_handle).ThrowIfFailed();
    }

    private IEnumerable<KeyValuePair<string, Datum>> Records()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        DatabaseNative.caffe_database_cursor(_handle, out CursorHandle opened).ThrowIfFailed();
        using CursorHandle cursor = opened;
        while (cursor.Next() is (byte[] keyBytes, byte[] value))
        {
            string key = Encoding.UTF8.GetString(keyBytes);
            yield return new(key, BinaryProto.Parse<Datum>(value, $"{Path}, record '{key}'"));
            ObjectDisposedException.ThrowIf(IsDisposed, this);
        }
    }

    private void RequireWritable()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (!IsWritable)
        {
            throw new InvalidOperationException(
                $"The store {Path} is open to read. DatumStore.Append opens one to write into it.");
        }
    }

    private void RequireReadable()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (IsWritable)
        {
            throw new InvalidOperationException(
                $"The store {Path} is open to write. Dispose it and open it again with DatumStore.Open to read it.");
        }
    }
}
