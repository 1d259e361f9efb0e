using System.Diagnostics;
using CaffeSharp;
using CaffeSharp.Messages;

namespace Mtcnn.Training.Crops;

/// <summary>
/// Crops on disk, in an LMDB that Caffe's Data layer reads too: with <c>transform_param { mean_value: 127.5 scale: 0.0078125 }</c> it gives what the networks
/// take, and the crop's kind as the label. Open either to write or to read. Members may be called from any thread, also at the same time. Dispose it when done.
/// </summary>
[DebuggerDisplay("{Path}")]
public sealed class CropStore : IDisposable
{
    private readonly DatumStore _store;
    private readonly Lazy<long> _count;
    private readonly Lazy<int> _side;

    private CropStore(DatumStore store)
    {
        _store = store;
        _count = new Lazy<long>(store.CountRecords);
        _side = new Lazy<int>(() => ReadCrops().FirstOrDefault()?.Side ?? 0);
    }

    /// <summary>The store's folder, as it was given.</summary>
    public string Path => _store.Path;

    /// <summary>How many crops there are. The first call goes through all keys.</summary>
    /// <exception cref="InvalidOperationException">The store is open to write.</exception>
    /// <exception cref="CaffeException">The database is damaged.</exception>
    public long Count => _count.Value;

    /// <summary>The side of the first crop in pixels; 0 where there is none.</summary>
    /// <exception cref="InvalidOperationException">The store is open to write.</exception>
    /// <exception cref="CropException">The first record is not a crop.</exception>
    /// <exception cref="CaffeException">The database is damaged.</exception>
    public int Side => _side.Value;

    /// <summary>Makes a new store, to write.</summary>
    /// <param name="path">Its folder, which is made; the folder around it must be there.</param>
    /// <exception cref="CaffeException">There is something of that name already, or it cannot be made.</exception>
    public static CropStore Create(string path) => new(DatumStore.Create(path));

    /// <summary>Opens a store to write more into it.</summary>
    /// <param name="path">Its folder.</param>
    /// <exception cref="CaffeException">It is missing, damaged, not to be written, or open already.</exception>
    public static CropStore Append(string path) => new(DatumStore.Append(path));

    /// <summary>Opens a store to read.</summary>
    /// <param name="path">Its folder.</param>
    /// <exception cref="CaffeException">It is missing, no database, cut short or damaged, or open to write.</exception>
    public static CropStore Open(string path) => new(DatumStore.Open(path));

    /// <summary>Adds a crop, or replaces the one of that key. Crops are written many together; <see cref="Commit"/> and <see cref="Dispose"/> write the last.</summary>
    /// <param name="key">The key, by which readers get them in order.</param>
    /// <param name="crop">The crop.</param>
    /// <exception cref="ArgumentException">The pixels are not planes of <c>Side * Side</c>, three or three a landmark, or the points not ten values.</exception>
    /// <exception cref="InvalidOperationException">The store is open to read.</exception>
    /// <exception cref="CaffeException">It cannot be written: a full disk.</exception>
    public void Put(string key, Crop crop) => _store.Put(key, CropRecord.Of(crop));

    /// <summary>Writes what waits to be written. What was written before stays where this fails.</summary>
    /// <exception cref="InvalidOperationException">The store is open to read.</exception>
    /// <exception cref="CaffeException">It cannot be written: a full disk.</exception>
    public void Commit() => _store.Commit();

    /// <summary>Reads the crops one by one in the order of their keys, from the first each time it is gone through. They are never all in memory.</summary>
    /// <exception cref="InvalidOperationException">The store is open to write.</exception>
    /// <exception cref="CropException">While it is gone through: a record is not a crop; the message names its key.</exception>
    /// <exception cref="CaffeException">While it is gone through: the database is damaged.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed, also while it is gone through.</exception>
    public IEnumerable<Crop> ReadCrops() => _store.ReadRecords().Select(record => CropOf(record.Key, record.Value));

    /// <summary>Writes what waits to be written, with the exceptions of <see cref="Commit"/>, and closes the store. May be called more than once.</summary>
    public void Dispose() => _store.Dispose();

    private Crop CropOf(string key, Datum record)
    {
        try
        {
            return CropRecord.Read(record);
        }
        catch (FormatException exception)
        {
            throw new CropException(
                $"{Path}: the record '{key}' is not a crop: {exception.Message}. Name a store that mtcnn prepare made, or make it again.", exception);
        }
    }
}
