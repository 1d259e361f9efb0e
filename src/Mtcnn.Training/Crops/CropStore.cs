using System.Diagnostics;
using CaffeSharp;
using CaffeSharp.Messages;

namespace Mtcnn.Training.Crops;

/// <summary>
/// Crops on disk, in an LMDB that Caffe's Data layer reads too: with <c>transform_param { mean_value: 127.5 scale: 0.0078125 }</c> it gives the networks'
/// input, and the crop's kind as the label. A store is open either for writing or for reading. Thread-safe. Dispose it after use.
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

    /// <summary>The store's folder, as given.</summary>
    public string Path => _store.Path;

    /// <summary>The number of crops. The first call reads all keys.</summary>
    /// <exception cref="InvalidOperationException">The store is open for writing.</exception>
    /// <exception cref="CaffeException">The database is damaged.</exception>
    public long Count => _count.Value;

    /// <summary>The side of the first crop in pixels; 0 if the store is empty.</summary>
    /// <exception cref="InvalidOperationException">The store is open for writing.</exception>
    /// <exception cref="CropException">The first record is not a crop.</exception>
    /// <exception cref="CaffeException">The database is damaged.</exception>
    public int Side => _side.Value;

    /// <summary>Creates a new store for writing.</summary>
    /// <param name="path">The folder to create. Its parent folder must exist.</param>
    /// <exception cref="CaffeException">The folder already exists or cannot be created.</exception>
    public static CropStore Create(string path) => new(DatumStore.Create(path));

    /// <summary>Opens a store for adding crops.</summary>
    /// <param name="path">Its folder.</param>
    /// <exception cref="CaffeException">The store is missing, damaged, read-only, or already open.</exception>
    public static CropStore Append(string path) => new(DatumStore.Append(path));

    /// <summary>Opens a store for reading.</summary>
    /// <param name="path">Its folder.</param>
    /// <exception cref="CaffeException">The store is missing, not a database, truncated, damaged, or open for writing.</exception>
    public static CropStore Open(string path) => new(DatumStore.Open(path));

    /// <summary>Adds a crop, or replaces the crop with the same key. Crops are written in batches; <see cref="Commit"/> and <see cref="Dispose"/> write the last one.</summary>
    /// <param name="key">The key. Crops are read in the order of their keys.</param>
    /// <param name="crop">The crop.</param>
    /// <exception cref="ArgumentException">The pixels are not three planes, or three per landmark, of <c>Side * Side</c>, or the points are not ten values.</exception>
    /// <exception cref="InvalidOperationException">The store is open for reading.</exception>
    /// <exception cref="CaffeException">The store cannot be written, for example because the disk is full.</exception>
    public void Put(string key, Crop crop) => _store.Put(key, CropRecord.Of(crop));

    /// <summary>Writes the pending crops. If this fails, previously written crops are kept.</summary>
    /// <exception cref="InvalidOperationException">The store is open for reading.</exception>
    /// <exception cref="CaffeException">The store cannot be written, for example because the disk is full.</exception>
    public void Commit() => _store.Commit();

    /// <summary>Reads the crops one by one in the order of their keys. Each enumeration starts at the first crop. Only one crop at a time is in memory.</summary>
    /// <exception cref="InvalidOperationException">The store is open for writing.</exception>
    /// <exception cref="CropException">During enumeration: a record is not a crop; the message names its key.</exception>
    /// <exception cref="CaffeException">During enumeration: the database is damaged.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed, also during enumeration.</exception>
    public IEnumerable<Crop> ReadCrops() => _store.ReadRecords().Select(record => CropOf(record.Key, record.Value));

    /// <summary>Writes the pending crops, with the exceptions of <see cref="Commit"/>, and closes the store. Can be called more than once.</summary>
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
                $"{Path}: the record '{key}' is not a crop: {exception.Message}. Name a store that mtcnn prepare created, or prepare the crops again.", exception);
        }
    }
}
