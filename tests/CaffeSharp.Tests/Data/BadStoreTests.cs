using System.Globalization;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Data;

/// <summary>Stores that are missing, damaged, locked or wrongly used, here and under a Data layer.</summary>
public sealed class BadStoreTests : LeakGate
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(DatabaseBackend.Lmdb)]
    [InlineData(DatabaseBackend.LevelDB)]
    public void Path_that_is_not_a_store_is_described(DatabaseBackend backend)
    {
        string other = Digits.Store(
            _folder.File("other"), 1, backend == DatabaseBackend.Lmdb ? DatabaseBackend.LevelDB : DatabaseBackend.Lmdb);
        string file = _folder.Write("file", "text");
        string empty = Directory.CreateDirectory(_folder.File("empty")).FullName;
        foreach (Func<string, DatumStore> open in (Func<string, DatumStore>[])
            [path => DatumStore.Open(path, backend), path => DatumStore.Append(path, backend)])
        {
            AssertRefused(CaffeErrorKind.NotFound, "there is no such", () => open(_folder.File("none")));
            AssertRefused(CaffeErrorKind.Format, "is a file", () => open(file));
            AssertRefused(CaffeErrorKind.Format, "database, not", () => open(other));
        }

        AssertRefused(CaffeErrorKind.Format, "in it", () => DatumStore.Open(empty, backend));
        Assert.Empty(Directory.GetFileSystemEntries(empty));
        AssertRefused(CaffeErrorKind.IO, "is there already", () => DatumStore.Create(empty, backend));
        AssertRefused(CaffeErrorKind.NotFound, "there is no folder", () => DatumStore.Create(_folder.File("none/new"), backend));
        Assert.ThrowsAny<CaffeException>(() => DatumStore.Create(file + "/new", backend));
        Assert.ThrowsAny<CaffeException>(() => DatumStore.Create("/proc/store", backend));
        Assert.Throws<ArgumentException>(() => DatumStore.Open(string.Empty, backend));
    }

    [Fact]
    public void Data_layer_without_its_database_is_named_with_the_place()
    {
        string prototxt = _folder.Write("net.prototxt", "name: 'x'\n" + Digits.Net(_folder.File("none"), 1));
        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromFile(prototxt));
        Assert.Equal((CaffeErrorKind.NotFound, "digits"), (error.Kind, error.LayerName));
        Assert.Contains(_folder.File("none"), error.Message, StringComparison.Ordinal);

        string leveldb = Digits.Store(_folder.File("leveldb"), 1, DatabaseBackend.LevelDB);
        error = Assert.Throws<CaffeException>(() => Net.FromText(Digits.Net(leveldb, 1)));
        Assert.Equal((CaffeErrorKind.Format, "digits", leveldb), (error.Kind, error.LayerName, error.Path));
        Assert.Contains("is a LevelDB database, not an LMDB one", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<CaffeException>(
            () => Net.FromText(Digits.Net(Digits.Store(_folder.File("store"), 1), 1, more: "transform_param { mean_file: '/none' }")));
        Assert.Contains("/none", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<CaffeException>(() => Net.FromText(Digits.Net(
            _folder.File("store"), 1).Replace("batch_size", "prefetch: 0 batch_size", StringComparison.Ordinal)));
        Assert.Contains("prefetch is 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_database_is_not_a_crash()
    {
        string path = Digits.Store(_folder.File("empty"), 0);
        using (DatumStore store = DatumStore.Open(path))
        {
            Assert.Equal(0, store.CountRecords());
            Assert.Empty(store.ReadRecords());
        }

        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromText(Digits.Net(path, 1)));
        Assert.Equal((CaffeErrorKind.Format, "digits", path), (error.Kind, error.LayerName, error.Path));
        Assert.Contains("the database is empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truncated_or_damaged_file_is_refused_before_it_is_mapped()
    {
        string path = Digits.Store(_folder.File("store"), 400);
        string data = Path.Combine(path, "data.mdb");
        byte[] whole = File.ReadAllBytes(data);
        foreach (int length in (int[])[0, 1, 100, 4096, 8192, whole.Length / 2, whole.Length - 4096])
        {
            File.WriteAllBytes(data, whole[..length]);
            AssertRefused(CaffeErrorKind.Format, "data.mdb", () => DatumStore.Open(path));
            AssertRefused(CaffeErrorKind.Format, "data.mdb", () => DatumStore.Append(path));
            Assert.Equal("digits", Assert.Throws<CaffeException>(() => Net.FromText(Digits.Net(path, 1))).LayerName);
        }

        File.WriteAllBytes(data, new byte[whole.Length]);
        AssertRefused(CaffeErrorKind.Format, "is not a file of LMDB's, or damaged", () => DatumStore.Open(path));
        File.WriteAllBytes(data, whole);
        using DatumStore store = DatumStore.Open(path);
        Assert.Equal(400, store.CountRecords());
    }

    [Fact]
    public void Bad_record_in_the_middle_fails_the_forward_that_waits_for_it()
    {
        foreach ((Datum bad, string words) in BadRecords())
        {
            string path = Digits.Store(_folder.File(Guid.NewGuid().ToString("N")), 6);
            Overwrite(path, Digits.Key(4), bad);
            using Net net = Net.FromText(Digits.Net(path, 2));
            net.Forward();
            net.Forward();
            for (int attempt = 0; attempt < 3; attempt++)
            {
                CaffeException error = Assert.Throws<CaffeException>(() => net.Forward());
                Assert.Equal((CaffeErrorKind.Format, "digits", path), (error.Kind, error.LayerName, error.Path));
                Assert.Contains($"record '{Digits.Key(4)}' {words}", error.Message, StringComparison.Ordinal);
                Assert.Contains($"source '{path}'", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Record_of_another_size_fails_the_forward()
    {
        string path = Digits.Store(_folder.File("store"), 4);
        Overwrite(path, Digits.Key(3), DatumArrays.FromBytes(new byte[2], 2, 1, 1));
        using Net net = Net.FromText(Digits.Net(path, 2));
        net.Forward();
        CaffeException error = Assert.Throws<CaffeException>(() => net.Forward());
        Assert.Equal("digits", error.LayerName);
    }

    [Fact]
    public void Damaged_record_is_named_by_those_who_read_it()
    {
        string path = Digits.Store(_folder.File("store"), 3);
        ReplaceInFile(path, Digits.Datum(1), bytes => bytes[7] = 0x7F);
        using (DatumStore store = DatumStore.Open(path))
        {
            CaffeException error = Assert.Throws<CaffeException>(() => store.ReadRecords().Count());
            Assert.Equal(CaffeErrorKind.Format, error.Kind);
            Assert.Contains($"{path}, record '{Digits.Key(1)}'", error.Message, StringComparison.Ordinal);
            Assert.Equal(3, store.CountRecords());
        }

        using Net net = Net.FromText(Digits.Net(path, 1));
        net.Forward();
        CaffeException failure = Assert.Throws<CaffeException>(() => net.Forward());
        Assert.Contains("is not a Datum, or a damaged one", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Store_is_open_to_one_writer_or_to_readers()
    {
        string path = Digits.Store(_folder.File("store"), 2);
        using (DatumStore writer = DatumStore.Append(path))
        {
            AssertRefused(CaffeErrorKind.Busy, "open in this process already, to write", () => DatumStore.Open(path));
            AssertRefused(CaffeErrorKind.Busy, "to write", () => DatumStore.Append(path));
            CaffeException error = Assert.Throws<CaffeException>(() => Net.FromText(Digits.Net(path, 1)));
            Assert.Equal((CaffeErrorKind.Busy, "digits"), (error.Kind, error.LayerName));
            Assert.Throws<InvalidOperationException>(writer.ReadRecords);
            Assert.Throws<InvalidOperationException>(() => writer.CountRecords());
        }

        using (Net net = Net.FromText(Digits.Net(path, 1)))
        {
            AssertRefused(CaffeErrorKind.Busy, "to read", () => DatumStore.Append(path));
        }

        string leveldb = Digits.Store(_folder.File("leveldb"), 2, DatabaseBackend.LevelDB);
        using DatumStore first = DatumStore.Open(leveldb);
        AssertRefused(CaffeErrorKind.Busy, "it can be open once", () => DatumStore.Open(leveldb));
        Assert.Throws<InvalidOperationException>(() => first.Put("a", Digits.Datum(1)));
        Assert.Throws<InvalidOperationException>(first.Commit);
    }

    [Fact]
    public void Store_that_another_process_has_locked_is_reported_and_opens_afterwards()
    {
        string path = Digits.Store(_folder.File("store"), 2);
        using (LockingProcess.OfFile(Path.Combine(path, "lock.mdb")))
        {
            AssertRefused(CaffeErrorKind.Busy, "another process has locked", () => DatumStore.Open(path));
            CaffeException error = Assert.Throws<CaffeException>(() => Net.FromText(Digits.Net(path, 1)));
            Assert.Equal((CaffeErrorKind.Busy, "digits"), (error.Kind, error.LayerName));
        }

        using (LockingProcess.OfFolder(path))
        {
            AssertRefused(CaffeErrorKind.Busy, "another process is writing", () => DatumStore.Append(path));
            using DatumStore reader = DatumStore.Open(path);
            Assert.Equal(2, reader.CountRecords());
        }

        using DatumStore store = DatumStore.Append(path);
        store.Put("a", Digits.Datum(1));
    }

    [Fact]
    public void Keys_and_datums_that_nobody_could_read_are_not_written()
    {
        using DatumStore store = DatumStore.Create(_folder.File("store"));
        store.Put(new string('k', 511), Digits.Datum(1));
        AssertRefused(CaffeErrorKind.Argument, "512 bytes", () => store.Put(new string('k', 512), Digits.Datum(1)));
        AssertRefused(CaffeErrorKind.Argument, "1 to 511", () => store.Put(new string('ä', 256), Digits.Datum(1)));
        Assert.Throws<ArgumentException>(() => store.Put(string.Empty, Digits.Datum(1)));
        Assert.Throws<ArgumentNullException>(() => store.Put("a", null!));
        foreach ((Datum bad, _) in BadRecords())
        {
            Assert.Throws<ArgumentException>(() => store.Put("a", bad));
        }

        store.Dispose();
        using DatumStore read = DatumStore.Open(store.Path);
        Assert.Equal(1, read.CountRecords());
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    private static IEnumerable<(Datum Bad, string Words)> BadRecords()
    {
        Datum few = Digits.Datum(1);
        few.Height++;
        yield return (few, "is a Datum of the shape 2 x 4 x 4 with 24 values");
        yield return (new Datum { Channels = 2, Height = 3, Width = 4 }, "is a Datum of the shape 2 x 3 x 4 with 0 values");
        yield return (new Datum { Channels = 1, Height = 1, Width = 2, FloatData = { 1 } }, "is a Datum of the shape 1 x 1 x 2 with 1 values");
        yield return (new Datum { Channels = -1, Height = 3, Width = 4 }, "is a Datum of the shape -1 x 3 x 4");
        yield return (
            new Datum { Channels = int.MaxValue, Height = int.MaxValue, Width = int.MaxValue, FloatData = { 1 } },
            "is a Datum of the shape");
        yield return (new Datum { Channels = 1, Encoded = true }, "is an encoded Datum without data");
    }

    /// <summary>Puts a record that DatumStore refuses into a store: another record first, whose value of the same length it
    /// then replaces.</summary>
    private static void Overwrite(string path, string key, Datum datum)
    {
        // Fields that no reader knows make the two of one length.
        byte[] bad = Google.Protobuf.MessageExtensions.ToByteArray(datum);
        Datum stand = DatumArrays.FromBytes(new byte[Math.Max(1, bad.Length)], 1, 1, Math.Max(1, bad.Length));
        using (DatumStore store = DatumStore.Append(path))
        {
            store.Put(key, stand);
        }

        ReplaceInFile(path, stand, bytes =>
        {
            // Field 15, a text, fills what is left.
            bytes.Clear();
            bad.CopyTo(bytes);
            int left = bytes.Length - bad.Length;
            if (left >= 2)
            {
                bytes[bad.Length] = (15 << 3) | 2;
                bytes[bad.Length + 1] = (byte)(left - 2);
            }
        });
    }

    private delegate void Change(Span<byte> bytes);

    /// <summary>Changes a record's bytes where they lie in the file.</summary>
    private static void ReplaceInFile(string path, Datum datum, Change change)
    {
        string file = Path.Combine(path, "data.mdb");
        byte[] bytes = File.ReadAllBytes(file);
        byte[] record = Google.Protobuf.MessageExtensions.ToByteArray(datum);
        int place = bytes.AsSpan().IndexOf(record);
        Assert.True(place > 0, string.Create(CultureInfo.InvariantCulture, $"{record.Length} bytes are not in {file}"));
        for (int next = place; next >= 0;)
        {
            change(bytes.AsSpan(next, record.Length));
            int found = bytes.AsSpan(next + record.Length).IndexOf(record);
            next = found < 0 ? -1 : next + record.Length + found;
        }

        File.WriteAllBytes(file, bytes);
    }

    private static void AssertRefused(CaffeErrorKind kind, string words, Action use)
    {
        CaffeException error = Assert.Throws<CaffeException>(use);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal(kind, error.Kind);
    }

    private static void AssertRefused(CaffeErrorKind kind, string words, Func<DatumStore> use) =>
        AssertRefused(kind, words, () => use().Dispose());
}
