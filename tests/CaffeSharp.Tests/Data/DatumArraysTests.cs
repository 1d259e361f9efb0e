using System.Numerics.Tensors;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;
using Google.Protobuf;

namespace CaffeSharp.Tests.Data;

/// <summary>Datums and BlobProtos of arrays: those of pycaffe's caffe.io, byte by byte.</summary>
public sealed class DatumArraysTests : LeakGate
{
    private static readonly float[] s_bytes = [.. Enumerable.Range(0, 24).Select(index => (float)((index * 37) % 256))];
    private static readonly float[] s_floats = [.. Enumerable.Range(0, 12).Select(index => MathF.Cos(index) * 1e-3f)];

    [Fact]
    public void Messages_are_pycaffes_and_read_back_as_the_arrays()
    {
        using TemporaryFolder folder = new();
        Npy.Write(folder.File("bytes.npy"), s_bytes, 2, 3, 4);
        Npy.Write(folder.File("floats.npy"), s_floats, 3, 4, 1);
        Pycaffe.RunScript("array_messages.py", folder.File("bytes.npy"), folder.File("floats.npy"), folder.Path);

        byte[] pixels = Array.ConvertAll(s_bytes, value => (byte)value);
        Datum bytes = BinaryProto.ReadFile<Datum>(folder.File("bytes.datum"));
        Assert.Equal(bytes, DatumArrays.FromBytes(pixels, 2, 3, 4, 7));
        Assert.Equal(pixels, bytes.ToBytes());
        Assert.Equal(s_bytes, bytes.ToTensor().Values());
        Assert.Equal([2, 3, 4], bytes.ToTensor().Shape());

        Datum floats = BinaryProto.ReadFile<Datum>(folder.File("floats.datum"));
        Assert.Equal(floats, DatumArrays.FromFloats(s_floats, 3, 4, 1, 7));
        Assert.Equal(s_floats, floats.ToTensor().Values());

        Tensor<float> array = Tensor.Create(s_floats, [3, 4, 1]);
        Tensor<float> twice = Tensor.Create(Array.ConvertAll(s_floats, value => 2 * value), [3, 4, 1]);
        BlobProto blob = BinaryProto.ReadFile<BlobProto>(folder.File("floats.blobproto"));
        Assert.Equal(blob, array.ToBlobProto(twice));
        Assert.Equal(twice.Values(), blob.ToTensor(diff: true).Values());
        Assert.Equal([3, 4, 1], blob.ToTensor().Shape());

        BlobProtoVector vector = BinaryProto.ReadFile<BlobProtoVector>(folder.File("both.blobprotovector"));
        Tensor<float>[] both = [Tensor.Create(s_bytes, [2, 3, 4]), array];
        Assert.Equal(vector.ToByteArray(), both.ToBlobProtoVector().ToByteArray());
        Assert.Equal(both.Select(one => one.Values()), vector.ToTensors().Select(one => one.Values()));
    }

    [Fact]
    public void Arrays_and_messages_that_do_not_fit_are_refused()
    {
        Assert.Contains(
            "5 values do not fill the shape 1 x 2 x 3",
            Assert.Throws<ArgumentException>(() => DatumArrays.FromBytes(new byte[5], 1, 2, 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DatumArrays.FromFloats([], 0, 2, 3));
        Assert.Throws<ArgumentException>(() => DatumArrays.FromFloats([1], -1, -1, 1));
        Assert.Throws<ArgumentException>(() => DatumArrays.FromFloats([1], 1 << 20, 1 << 20, 1 << 20));
        Datum encoded = new() { Encoded = true, Data = ByteString.CopyFrom(1, 2) };
        Assert.Contains(
            "encoded image", Assert.Throws<ArgumentException>(() => encoded.ToTensor()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Datum { Channels = 1, Height = 1, Width = 2 }.ToTensor());
        Assert.Throws<ArgumentException>(() => DatumArrays.FromFloats([1], 1, 1, 1).ToBytes());

        Assert.Throws<ArgumentException>(() => Tensor.Create(s_floats, [12]).ToBlobProto(Tensor.Create(s_floats, [3, 4])));
        Assert.Contains(
            "the shape 2 x 2 and 1 values",
            Assert.Throws<ArgumentException>(() => new BlobProto { Shape = new() { Dim = { 2, 2 } }, Data = { 1 } }.ToTensor()).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new BlobProto { Shape = new() { Dim = { 1L << 40 } } }.ToTensor());
        Assert.Throws<ArgumentException>(() => new BlobProto { Shape = new() { Dim = { -1 } } }.ToTensor());
    }

    [Fact]
    public void Old_shapes_and_doubles_are_read()
    {
        BlobProto old = new() { Num = 1, Channels = 2, DoubleData = { 0.1, -2 } };
        (old.Height, old.Width) = (1, 1);
        Assert.Equal([1, 2, 1, 1], old.ToTensor().Shape());
        Assert.Equal([0.1f, -2], old.ToTensor().Values());
        Assert.Equal([3f], new BlobProto { Shape = new(), Data = { 3 } }.ToTensor().Values());
    }
}
