using System.Numerics.Tensors;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Messages;

/// <summary>The wire format in and out: caffemodel, solverstate and binaryproto files.</summary>
public sealed class BinaryProtoTests : LeakGate
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Caffemodel_holds_the_weights_that_a_net_loads()
    {
        NetParameter model = UpgradeProto.Net(BinaryProto.ReadFile<NetParameter>(Originals.Weights12));
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        foreach ((string name, IReadOnlyList<Blob> parameters) in net.Parameters)
        {
            LayerParameter layer = model.FindLayer(name);
            Assert.Equal(parameters.Count, layer.Blobs.Count);
            for (int index = 0; index < parameters.Count; index++)
            {
                Assert.Equal(parameters[index].Data.Span.ToArray(), layer.Blobs[index].Data);
            }
        }
    }

    [Fact]
    public void Written_caffemodel_is_read_by_pycaffe_with_the_same_weights()
    {
        NetParameter model = BinaryProto.ReadFile<NetParameter>(Originals.Weights12);
        string path = _folder.File("copy.caffemodel");
        BinaryProto.WriteFile(path, model);
        Assert.Equal(model, BinaryProto.ReadFile<NetParameter>(path));

        IReadOnlyDictionary<string, Tensor<float>> copy = Pycaffe.Forward("--prototxt", Originals.Net12, "--weights", path);
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        Assert.All(net.Parameters, layer => Assert.Equal(
            layer.Value[0].Data.Span.ToArray(), copy[$"param/{layer.Key}/0"].Values()));
    }

    [Fact]
    public void Truncated_file_is_distinguished_from_a_complete_one()
    {
        byte[] whole = File.ReadAllBytes(Originals.Weights12);
        string path = _folder.Write("half.caffemodel", whole[..(whole.Length / 2)]);
        CaffeException error = Assert.Throws<CaffeException>(() => BinaryProto.ReadFile<NetParameter>(path));
        Assert.Equal((CaffeErrorKind.Format, path), (error.Kind, error.Path));
        Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_another_kind_are_named()
    {
        CaffeException text = Assert.Throws<CaffeException>(() => BinaryProto.ReadFile<NetParameter>(Originals.Net12));
        Assert.Contains("text file", text.Message, StringComparison.Ordinal);

        using Net net = Net.FromText(SmallNets.InnerProduct);
        string path = _folder.File("weights.h5");
        net.SaveHdf5(path);
        CaffeException hdf5 = Assert.Throws<CaffeException>(() => BinaryProto.ReadFile<NetParameter>(path));
        Assert.Contains("HDF5", hdf5.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_cannot_be_written_says_why()
    {
        string path = Path.Combine(_folder.Path, "none", "mean.binaryproto");
        CaffeException error = Assert.Throws<CaffeException>(() => BinaryProto.WriteFile(path, new BlobProto()));
        Assert.Equal((CaffeErrorKind.NotFound, path), (error.Kind, error.Path));
        error = Assert.Throws<CaffeException>(() => BinaryProto.WriteFile(_folder.Path, new BlobProto()));
        Assert.Equal(CaffeErrorKind.IO, error.Kind);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        Assert.Throws<ArgumentException>(() => BinaryProto.WriteFile(string.Empty, new BlobProto()));
        Assert.Throws<ArgumentException>(() => BinaryProto.WriteFile(_folder.File("clip"), new ClipParameter { Max = 1 }));
    }

    [Fact]
    public void Classes_have_every_message_and_field_that_the_native_half_has()
    {
        // Each message with every field set goes through the native half's descriptors and comes back equal.
        foreach (Google.Protobuf.Reflection.MessageDescriptor type in CaffeReflection.Descriptor.MessageTypes)
        {
            Google.Protobuf.IMessage message = type.Parser.ParseFrom([]);
            MessageFilling.Fill(message);
            using NativeMessage native = NativeMessage.Of(message, type.Name);
            using NativeMessage back = NativeMessage.FromText(
                type.FullName, System.Text.Encoding.UTF8.GetBytes(native.Text()), type.Name);
            Assert.Equal(native.Text(), back.Text());
            Assert.DoesNotContain(
                native.Text().Split('\n'), line => line.Length > 0 && char.IsDigit(line.TrimStart()[0]));
        }
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }
}
