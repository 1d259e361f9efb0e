using System.Numerics.Tensors;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Data;

/// <summary>Stores that are written here and read here, by Caffe's Data layer and by pycaffe's.</summary>
public sealed class DatumStoreTests : LeakGate
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(DatabaseBackend.Lmdb)]
    [InlineData(DatabaseBackend.LevelDB)]
    public void Records_come_back_in_the_order_of_their_keys(DatabaseBackend backend)
    {
        string path = _folder.File("store");
        using (DatumStore store = DatumStore.Create(path, backend))
        {
            Assert.True(store.IsWritable);
            foreach (int number in (int[])[5, 3, 9, 0])
            {
                store.Put(Digits.Key(number), Digits.Datum(number));
            }

            store.Commit();
            store.Put(Digits.Key(3), Digits.Datum(33));
        }

        using (DatumStore store = DatumStore.Append(path))
        {
            Assert.Equal(backend, store.Backend);
            store.Put("ключ", DatumArrays.FromFloats([0.5f, -1], 1, 1, 2));
        }

        using DatumStore read = DatumStore.Open(path);
        Assert.False(read.IsWritable);
        Assert.Equal(5, read.CountRecords());
        KeyValuePair<string, Datum>[] records = [.. read.ReadRecords()];
        Assert.Equal([Digits.Key(0), Digits.Key(3), Digits.Key(5), Digits.Key(9), "ключ"], records.Select(record => record.Key));
        Assert.Equal(Digits.Datum(33), records[1].Value);
        Assert.Equal(Digits.Bytes(9), records[3].Value.ToBytes());
        Assert.Equal([0.5f, -1], records[4].Value.ToTensor().Values());

        // Two readers at different places do not disturb each other.
        Assert.Equal(5, read.ReadRecords().Zip(read.ReadRecords().Skip(1).Append(records[0])).Count());
        Assert.Equal(Digits.Key(0), read.ReadRecords().First().Key);
    }

    [Theory]
    [InlineData(DatabaseBackend.Lmdb)]
    [InlineData(DatabaseBackend.LevelDB)]
    public void Data_layer_here_and_in_pycaffe_gives_the_same_batches(DatabaseBackend backend)
    {
        string path = Digits.Store(_folder.File("store"), 7, backend);
        const string transform = "transform_param { scale: 0.5 mean_value: 3 mean_value: 8 crop_size: 2 }";
        string prototxt = _folder.Write("net.prototxt", Digits.Net(path, 3, backend, transform));
        IReadOnlyDictionary<string, Tensor<float>> expected = Pycaffe.DataRuns("--prototxt", prototxt, "--runs", "4");
        using Net net = Net.FromFile(prototxt);
        for (int run = 0; run < 4; run++)
        {
            net.Forward();
            Assert.Equal([3, 2, 2, 2], net.Blobs["data"].Shape.ToArray());
            Assert.Equal(expected[$"data/{run}"].Values(), net.Blobs["data"].ToArray());
            Assert.Equal(expected[$"label/{run}"].Values(), net.Blobs["label"].ToArray());
            Assert.Equal(
                Enumerable.Range(run * 3, 3).Select(number => (float)(number % 7)), net.Blobs["label"].ToArray());
        }
    }

    [Fact]
    public void Floats_are_read_by_the_data_layer_as_they_are()
    {
        string path = _folder.File("store");
        using (DatumStore store = DatumStore.Create(path))
        {
            store.Put("a", DatumArrays.FromFloats([1.25f, -3e-7f, float.MaxValue], 3, 1, 1, -4));
        }

        using Net net = Net.FromText(Digits.Net(path, 1));
        net.Forward();
        Assert.Equal([1.25f, -3e-7f, float.MaxValue], net.Blobs["data"].ToArray());
        Assert.Equal([-4f], net.Blobs["label"].ToArray());
    }

    [Fact]
    public void Map_grows_and_batches_are_written_on_the_way()
    {
        // 48 MB in records of 16 kB: the map starts with 1 MB; three batches are complete before the end.
        string path = _folder.File("store");
        byte[] values = new byte[16 << 10];
        using (DatumStore store = DatumStore.Create(path))
        {
            for (int number = 0; number < 3000; number++)
            {
                values[0] = (byte)number;
                store.Put(Digits.Key(number), DatumArrays.FromBytes(values, 1, 1, values.Length));
            }
        }

        Assert.True(new FileInfo(Path.Combine(path, "data.mdb")).Length > 48_000_000);
        using DatumStore read = DatumStore.Open(path);
        Assert.Equal(3000, read.CountRecords());
        int expected = 0;
        foreach ((string key, Datum datum) in read.ReadRecords())
        {
            Assert.Equal(Digits.Key(expected), key);
            Assert.Equal((byte)expected++, datum.Data[0]);
        }
    }

    [Fact]
    public void Readers_and_nets_share_an_lmdb_store()
    {
        string path = Digits.Store(_folder.File("store"), 6);
        using DatumStore store = DatumStore.Open(path);
        using DatumStore again = DatumStore.Open(path + "/.");
        using Net first = Net.FromText(Digits.Net(path, 2));
        using (Net second = Net.FromText(Digits.Net(path, 2)))
        {
            using IEnumerator<KeyValuePair<string, Datum>> records = store.ReadRecords().GetEnumerator();
            for (int number = 0; number < 6; number++)
            {
                Assert.True(records.MoveNext());
                Assert.Equal(Digits.Key(number), records.Current.Key);
                first.Forward();
                second.Forward();
                Assert.Equal(first.Blobs["data"].ToArray(), second.Blobs["data"].ToArray());
            }
        }

        first.Forward();
        store.Dispose();
        Assert.Equal(6, again.CountRecords());

        // All readers gone, it is open to write.
        again.Dispose();
        first.Dispose();
        using DatumStore writer = DatumStore.Append(path);
        writer.Put("z", Digits.Datum(1));
    }

    [Fact]
    public void Threads_may_put_at_the_same_time()
    {
        string path = _folder.File("store");
        using (DatumStore store = DatumStore.Create(path))
        {
            Parallel.For(0, 2500, number => store.Put(Digits.Key(number), Digits.Datum(number)));
        }

        using DatumStore read = DatumStore.Open(path);
        Assert.Equal(
            Enumerable.Range(0, 2500).Select(Digits.Datum), read.ReadRecords().Select(record => record.Value));
    }

    [Fact]
    public void Disposed_store_says_so()
    {
        string path = Digits.Store(_folder.File("store"), 3);
        DatumStore store = DatumStore.Open(path);
        using IEnumerator<KeyValuePair<string, Datum>> records = store.ReadRecords().GetEnumerator();
        Assert.True(records.MoveNext());
        store.Dispose();
        store.Dispose();
        Assert.True(store.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => records.MoveNext());
        Assert.Throws<ObjectDisposedException>(() => store.CountRecords());
        Assert.Throws<ObjectDisposedException>(store.ReadRecords);
        Assert.Throws<ObjectDisposedException>(() => store.Put("a", Digits.Datum(1)));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }
}
