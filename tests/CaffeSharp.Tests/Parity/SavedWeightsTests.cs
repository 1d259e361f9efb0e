using System.Numerics.Tensors;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Parity;

/// <summary>Weights written by one side and read by the other.</summary>
public sealed class SavedWeightsTests : LeakGate
{
    [Theory]
    [InlineData("weights.caffemodel")]
    [InlineData("weights.h5")]
    public void Weights_saved_here_are_loaded_by_pycaffe(string file)
    {
        using TemporaryFolder folder = new();
        using Net net = Net.FromFile(Originals.Net24, Originals.Weights24);
        net.Parameters["conv1"][0].MutableData[0, 0, 0, 0] = 42;
        Save(net, folder.File(file));

        IReadOnlyDictionary<string, Tensor<float>> loaded =
            Pycaffe.Forward("--prototxt", Originals.Net24, "--weights", folder.File(file));

        AssertSame(net, loaded);
        Assert.Equal(42, loaded["param/conv1/0"].Values()[0]);
        Assert.Equal([folder.File(file)], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("weights.caffemodel")]
    [InlineData("weights.h5")]
    public void Weights_saved_by_pycaffe_are_loaded_here(string file)
    {
        using TemporaryFolder folder = new();
        IReadOnlyDictionary<string, Tensor<float>> saved = Pycaffe.Forward(
            "--prototxt", Originals.Net24, "--weights", Originals.Weights24, "--save", folder.File(file));
        using Net net = Net.FromFile(Originals.Net24);
        WeightsReport report = net.CopyFrom(folder.File(file));
        Assert.Equal(net.Parameters.Keys, report.CopiedLayers);
        Assert.Empty(report.MissingLayers);
        AssertSame(net, saved);
    }

    [Theory]
    [InlineData("weights.caffemodel", false)]
    [InlineData("weights.caffemodel", true)]
    [InlineData("weights.h5", false)]
    public void Weights_saved_here_are_loaded_here(string file, bool writeDiff)
    {
        using TemporaryFolder folder = new();
        using Net net = Net.FromFile(Originals.Net48, Originals.Weights48);
        if (writeDiff)
        {
            net.Save(folder.File(file), writeDiff: true);
        }
        else
        {
            Save(net, folder.File(file));
        }

        using Net again = Net.FromFile(Originals.Net48, folder.File(file));
        foreach ((string layer, IReadOnlyList<Blob> parameters) in net.Parameters)
        {
            Assert.All(parameters.Zip(again.Parameters[layer]), pair =>
                Assert.Equal(pair.First.ToArray(), pair.Second.ToArray()));
        }
    }

    [Fact]
    public void Diffs_are_written_where_they_are_asked_for()
    {
        using TemporaryFolder folder = new();
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        net.Save(folder.File("without.caffemodel"));
        net.Save(folder.File("with.caffemodel"), writeDiff: true);
        long weights = net.Parameters.Values.Sum(parameters => parameters.Sum(blob => (long)blob.Count)) * sizeof(float);
        long without = new FileInfo(folder.File("without.caffemodel")).Length;
        Assert.InRange(without, weights, weights + 4096);
        Assert.InRange(new FileInfo(folder.File("with.caffemodel")).Length, without + weights, without + weights + 4096);
    }

    [Fact]
    public void Weights_that_cannot_be_written_name_the_file()
    {
        using TemporaryFolder folder = new();
        using Net net = Net.FromFile(Originals.Net12);
        foreach (Action<string> save in new Action<string>[] { path => net.Save(path), path => net.SaveHdf5(path) })
        {
            string inNoFolder = folder.File("none/weights");
            CaffeException missing = Assert.Throws<CaffeException>(() => save(inNoFolder));
            Assert.Contains(inNoFolder, missing.Message, StringComparison.Ordinal);
            Assert.Contains(missing.Kind, new[] { CaffeErrorKind.IO, CaffeErrorKind.NotFound });
            CaffeException isFolder = Assert.Throws<CaffeException>(() => save(folder.Path));
            Assert.Equal(CaffeErrorKind.IO, isFolder.Kind);
            Assert.Contains(folder.Path, isFolder.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => save(string.Empty));
            Assert.Throws<ArgumentException>(() => save("a\0b"));
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Slash_in_a_layers_name_is_not_a_name_of_HDF5()
    {
        using TemporaryFolder folder = new();
        using Net net = Net.FromText(SmallNets.InnerProduct.Replace("\"ip\" type", "\"fc/ip\" type", StringComparison.Ordinal));
        CaffeException error = Assert.Throws<CaffeException>(() => net.SaveHdf5(folder.File("weights.h5")));
        Assert.Contains("fc/ip", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
        net.Save(folder.File("weights.caffemodel"));
        Assert.Equal(["fc/ip"], net.CopyFrom(folder.File("weights.caffemodel")).CopiedLayers);
    }

    private static void Save(Net net, string path)
    {
        if (path.EndsWith(".h5", StringComparison.Ordinal))
        {
            net.SaveHdf5(path);
        }
        else
        {
            net.Save(path);
        }
    }

    private static void AssertSame(Net net, IReadOnlyDictionary<string, Tensor<float>> arrays)
    {
        foreach ((string layer, IReadOnlyList<Blob> parameters) in net.Parameters)
        {
            for (int index = 0; index < parameters.Count; index++)
            {
                Assert.Equal(arrays[$"param/{layer}/{index}"].Values(), parameters[index].ToArray());
            }
        }
    }
}
