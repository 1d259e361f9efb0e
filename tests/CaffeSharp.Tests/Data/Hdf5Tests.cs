using System.Numerics.Tensors;
using CaffeSharp.Tests.Support;
using PureHDF;

namespace CaffeSharp.Tests.Data;

/// <summary>HDF5 files that Caffe reads and writes.</summary>
public sealed class Hdf5Tests : LeakGate
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Files_written_here_are_read_by_the_layer_here_and_in_pycaffe()
    {
        string prototxt = Source(Batch, Write("first.h5", 3, 0), Write("second.h5", 4, 100));
        IReadOnlyDictionary<string, Tensor<float>> expected = Pycaffe.DataRuns("--prototxt", prototxt, "--runs", "5");
        using Net net = Net.FromFile(prototxt);
        for (int run = 0; run < 5; run++)
        {
            net.Forward();
            Assert.Equal([2, 2, 3], net.Blobs["data"].Shape.ToArray());
            Assert.Equal(expected[$"data/{run}"].Values(), net.Blobs["data"].ToArray());
            Assert.Equal(expected[$"label/{run}"].Values(), net.Blobs["label"].ToArray());
        }

        // Rows 8 and 9 of 7 are the first file's again.
        Assert.Equal([1f, 2], net.Blobs["label"].ToArray());
    }

    [Fact]
    public void Arrays_come_back_as_they_were_written()
    {
        string path = _folder.File("arrays.h5");
        Dictionary<string, Tensor<float>> arrays = new()
        {
            ["one"] = Numbers(1),
            ["none"] = Tensor.CreateFromShape<float>([0, 3]),
            ["net/conv1/0"] = Numbers(2, 3, 4),
            ["net/conv1/1"] = Numbers(7),
            ["größe"] = Numbers(1, 1),
        };
        Hdf5.Write(path, arrays);
        Hdf5.Write(path, arrays);
        IReadOnlyDictionary<string, Tensor<float>> read = Hdf5.Read(path);
        Assert.Equal(arrays.Keys.Order(), read.Keys.Order());
        Assert.All(arrays, array =>
        {
            Assert.Equal(array.Value.Shape(), read[array.Key].Shape());
            Assert.Equal(array.Value.Values(), read[array.Key].Values());
        });
        Assert.Equal(["one", "net/conv1/1"], Hdf5.Read(path, "one", "net/conv1/1").Keys);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void File_of_an_output_layer_is_read_here_whoever_wrote_it()
    {
        Tensor<float> data = Numbers(3, 2, 1, 2);
        Tensor<float> label = Numbers(3, 1, 1, 1);
        Npy.Write(_folder.File("data.npy"), data);
        Npy.Write(_folder.File("label.npy"), label);
        Pycaffe.RunScript(
            "hdf5_output.py", _folder.File("data.npy"), _folder.File("label.npy"), _folder.File("there.h5"));
        using (Net net = Net.FromText($$"""
            layer {
              name: "in" type: "Input" top: "data" top: "label"
              input_param { shape { dim: 3 dim: 2 dim: 1 dim: 2 } shape { dim: 3 dim: 1 dim: 1 dim: 1 } }
            }
            layer {
              name: "out" type: "HDF5Output" bottom: "data" bottom: "label"
              hdf5_output_param { file_name: "{{_folder.File("here.h5")}}" }
            }
            """))
        {
            net.Blobs["data"].CopyFrom(data.Values());
            net.Blobs["label"].CopyFrom(label.Values());
            net.Forward();

            // The layer writes one batch: a second has no place in its file.
            Assert.Equal("out", Assert.Throws<CaffeException>(() => net.Forward()).LayerName);
        }

        foreach (string name in (string[])["there.h5", "here.h5"])
        {
            IReadOnlyDictionary<string, Tensor<float>> read = Hdf5.Read(_folder.File(name));
            Assert.Equal(["data", "label"], read.Keys.Order());
            Assert.Equal(data.Values(), read["data"].Values());
            Assert.Equal(data.Shape(), read["data"].Shape());
            Assert.Equal(label.Values(), read["label"].Values());
        }
    }

    [Fact]
    public void Weights_that_Caffe_saved_are_read_as_arrays()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        net.SaveHdf5(_folder.File("weights.h5"));
        IReadOnlyDictionary<string, Tensor<float>> read = Hdf5.Read(_folder.File("weights.h5"));
        Assert.Equal(net.Parameters["ip"][0].ToArray(), read["data/ip/0"].Values());
        Assert.Equal([3, 2], read["data/ip/0"].Shape());
    }

    [Fact]
    public void Slice_is_written_in_its_own_order_and_a_scalar_read_as_one_value()
    {
        string path = _folder.File("slice.h5");
        Hdf5.Write(path, [new("columns", Numbers(3, 4).Slice([1..3, 0..2]))]);
        Tensor<float> columns = Hdf5.Read(path)["columns"];
        Assert.Equal([2, 2], columns.Shape());
        Assert.Equal([MathF.Sin(4), MathF.Sin(5), MathF.Sin(8), MathF.Sin(9)], columns.Values());

        new H5File { ["scalar"] = new H5Dataset(2.5f) }.Write(path);
        Tensor<float> scalar = Hdf5.Read(path)["scalar"];
        Assert.Equal([1], scalar.Shape());
        Assert.Equal(2.5f, scalar[0]);
    }

    [Fact]
    public void Numbers_of_every_type_are_read_here_as_the_layer_reads_them()
    {
        string path = _folder.File("types.h5");
        H5File content = new()
        {
            ["float"] = new H5Dataset(new[] { 1.5f, -2 }, fileDims: [2ul]),
            ["double"] = new H5Dataset(new[] { 0.1, -1e30 }, fileDims: [2ul]),
            ["half"] = new H5Dataset(new Half[] { (Half)0.5, (Half)(-3) }, fileDims: [2ul]),
            ["byte"] = new H5Dataset(new byte[] { 255, 1 }, fileDims: [2ul]),
            ["sbyte"] = new H5Dataset(new sbyte[] { -128, 1 }, fileDims: [2ul]),
            ["ushort"] = new H5Dataset(new ushort[] { 65535, 1 }, fileDims: [2ul]),
            ["short"] = new H5Dataset(new short[] { -32768, 1 }, fileDims: [2ul]),
            ["uint"] = new H5Dataset(new uint[] { uint.MaxValue, 1 }, fileDims: [2ul]),
            ["int"] = new H5Dataset(new[] { int.MinValue, 1 }, fileDims: [2ul]),
            ["ulong"] = new H5Dataset(new ulong[] { ulong.MaxValue, 1 }, fileDims: [2ul]),
            ["long"] = new H5Dataset(new long[] { long.MinValue, 1 }, fileDims: [2ul]),
        };
        content.Write(path);
        IReadOnlyDictionary<string, Tensor<float>> read = Hdf5.Read(path);
        Assert.Equal(11, read.Count);
        Assert.Equal([-128f, 1], read["sbyte"].Values());
        Assert.Equal([-9223372036854775808f, 1], read["long"].Values());

        string tops = string.Join(' ', read.Keys.Select(name => $"top: \"{name}\""));
        Hdf5.WriteList(_folder.File("list.txt"), path);
        using Net net = Net.FromText($$"""
            layer { name: "types" type: "HDF5Data" {{tops}} hdf5_data_param { source: "{{_folder.File("list.txt")}}" batch_size: 2 } }
            """);
        net.Forward();
        Assert.All(read, array => Assert.Equal(net.Blobs[array.Key].ToArray(), array.Value.Values()));
    }

    [Fact]
    public void List_and_files_that_a_layer_cannot_read_are_named()
    {
        string good = Write("good.h5", 2, 0);
        string missing = _folder.File("missing.h5");
        AssertRefused(CaffeErrorKind.NotFound, missing, "which does not exist", good, missing);
        string list = _folder.File("list.txt");
        File.WriteAllText(list, " \n");
        AssertRefused(CaffeErrorKind.Format, list, "names no file");
        File.Delete(list);
        Assert.Equal(CaffeErrorKind.NotFound, Refused().Kind);

        string broken = _folder.Write("broken.h5", File.ReadAllBytes(good)[..100]);
        AssertRefused(CaffeErrorKind.Format, broken, "is not an HDF5 file, or a damaged one", good, broken);
        AssertRefused(CaffeErrorKind.Format, "has no dataset 'label'", ("data", Numbers(2, 2, 3)));
        AssertRefused(
            CaffeErrorKind.Format, "has 2 examples in dataset 'data' and 3 in dataset 'label'",
            ("data", Numbers(2, 2, 3)), ("label", Numbers(3)));
        string scalar = _folder.File("scalar.h5");
        new H5File { ["data"] = new H5Dataset(new float[2], fileDims: [2ul]), ["label"] = new H5Dataset(1f) }.Write(scalar);
        AssertRefused(CaffeErrorKind.Format, scalar, "dataset 'label' has no axis", scalar);
        AssertRefused(
            CaffeErrorKind.Format, "dataset 'data' has a dimension that is 0",
            ("data", Tensor.CreateFromShape<float>([0, 2, 3])), ("label", Tensor.CreateFromShape<float>([0])));

        Hdf5.Write(_folder.File("other.h5"), [new("data", Numbers(2, 3, 2)), new("label", Numbers(2))]);
        AssertRefused(
            CaffeErrorKind.Format, _folder.File("other.h5"), "has the shape 2 x 3 x 2 in dataset 'data', the list's first file 2 x 2 x 3",
            good, _folder.File("other.h5"));
        string[] words = ["a", "b"];
        H5File text = new() { ["data"] = new H5Dataset(words), ["label"] = new H5Dataset(1f) };
        text.Write(_folder.File("text.h5"));
        AssertRefused(CaffeErrorKind.Format, _folder.File("text.h5"), "dataset 'data' holds no numbers", _folder.File("text.h5"));
        Assert.Contains(
            "which are not numbers",
            Assert.Throws<InvalidDataException>(() => Hdf5.Read(_folder.File("text.h5"))).Message, StringComparison.Ordinal);

        // One label too few axes for what reads it.
        string loss = Batch + "layer { name: \"loss\" type: \"EuclideanLoss\" bottom: \"data\" bottom: \"label\" }";
        Assert.Equal("loss", Assert.Throws<CaffeException>(() => Net.FromFile(Source(loss, good))).LayerName);
        using Net net = Net.FromFile(Source(Batch, good));
        net.Forward();
    }

    [Fact]
    public void Files_and_names_that_cannot_be_are_refused()
    {
        string path = _folder.File("file.h5");
        Tensor<float> one = Numbers(1);
        Assert.Throws<ArgumentException>(() => Hdf5.Write(path, []));
        foreach (string name in (string[])["", "/a", "a/", "a//b", ".", "a/../b"])
        {
            Assert.Throws<ArgumentException>(() => Hdf5.Write(path, [new(name, one)]));
        }

        Assert.Throws<ArgumentException>(() => Hdf5.Write(path, [new("a", one), new("a", one)]));
        Assert.Throws<ArgumentException>(() => Hdf5.Write(path, [new("a", one), new("a/b", one)]));
        Assert.Throws<ArgumentException>(() => Hdf5.Write(path, [new("a/b", one), new("a", one)]));
        Assert.ThrowsAny<IOException>(() => Hdf5.Write(_folder.File("none/file.h5"), [new("a", one)]));
        Assert.ThrowsAny<IOException>(() => Hdf5.Write(_folder.Path, [new("a", one)]));
        Assert.Throws<ArgumentException>(() => Hdf5.WriteList(path));
        Assert.Throws<ArgumentException>(() => Hdf5.WriteList(path, "two words.h5"));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));

        Hdf5.Write(path, [new("conv1", one)]);
        Assert.Contains(
            "'conv1'", Assert.Throws<KeyNotFoundException>(() => Hdf5.Read(path, "conv2")).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Hdf5.Read(_folder.File("none")));
        byte[] whole = File.ReadAllBytes(path);
        foreach (int length in (int[])[0, 7, 20, 100, whole.Length / 2])
        {
            string broken = _folder.Write("broken.h5", whole[..length]);
            Assert.Contains(
                broken, Assert.Throws<InvalidDataException>(() => Hdf5.Read(broken)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void File_whose_groups_hold_themselves_is_refused()
    {
        string whole = _folder.File("whole.h5");
        using (Net net = Net.FromText(SmallNets.InnerProduct))
        {
            net.SaveHdf5(whole);
        }

        string path = _folder.Write("ring.h5", Hdf5Damage.WithGroupInItself(whole));
        Assert.Contains(
            "groups within groups, more than 32", Assert.Throws<InvalidDataException>(() => Hdf5.Read(path)).Message,
            StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    private const string Batch = """
        layer { name: "rows" type: "HDF5Data" top: "data" top: "label" hdf5_data_param { source: "SOURCE" batch_size: 2 } }

        """;

    private static Tensor<float> Numbers(params ReadOnlySpan<nint> shape)
    {
        nint count = 1;
        foreach (nint length in shape)
        {
            count *= length;
        }

        return Tensor.Create(Enumerable.Range(0, (int)count).Select(index => MathF.Sin(index)).ToArray(), shape);
    }

    /// <summary>A file of rows, whose labels count from a number.</summary>
    private string Write(string name, int rows, int first)
    {
        float[] labels = [.. Enumerable.Range(first, rows).Select(number => (float)number)];
        float[] data = [.. Enumerable.Range(0, rows * 6).Select(index => first + (index * 0.25f))];
        Hdf5.Write(_folder.File(name), [new("data", Tensor.Create(data, [rows, 2, 3])), new("label", Tensor.Create(labels, [rows]))]);
        return _folder.File(name);
    }

    /// <summary>A net's prototxt whose layer reads these files.</summary>
    private string Source(string prototxt, params IReadOnlyList<string> files)
    {
        if (files.Count > 0)
        {
            Hdf5.WriteList(_folder.File("list.txt"), files);
        }

        return _folder.Write(
            "net.prototxt", prototxt.Replace("SOURCE", _folder.File("list.txt"), StringComparison.Ordinal));
    }

    private CaffeException Refused(params IReadOnlyList<string> files)
    {
        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromFile(Source(Batch, files)));
        Assert.Equal("rows", error.LayerName);
        return error;
    }

    private void AssertRefused(CaffeErrorKind kind, string path, string words, params IReadOnlyList<string> files)
    {
        CaffeException error = Refused(files);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal((kind, path), (error.Kind, error.Path));
    }

    private void AssertRefused(CaffeErrorKind kind, string words, params IReadOnlyList<(string Name, Tensor<float> Array)> arrays)
    {
        string path = _folder.File("bad.h5");
        Hdf5.Write(path, arrays.Select(array => KeyValuePair.Create(array.Name, array.Array)));
        AssertRefused(kind, path, words, path);
    }
}
