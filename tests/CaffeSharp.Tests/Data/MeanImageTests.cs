using System.Numerics.Tensors;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;
using Google.Protobuf;
using OpenCvSharp;

namespace CaffeSharp.Tests.Data;

/// <summary>Mean files: computed, written, and subtracted by Caffe here and by pycaffe.</summary>
public sealed class MeanImageTests : LeakGate
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Mean_is_that_of_all_records_and_comes_back_from_both_kinds_of_file()
    {
        string path = Digits.Store(_folder.File("store"), 5);
        using DatumStore store = DatumStore.Open(path);
        MeanImage mean = MeanImage.Compute(store);
        float[] expected = [.. Enumerable.Range(0, Digits.Pixels).Select(
            index => (float)Enumerable.Range(0, 5).Sum(number => Digits.Bytes(number)[index]) / 5)];
        Assert.Equal((2, 3, 4), (mean.Channels, mean.Height, mean.Width));
        Assert.Equal(expected, mean.Values.ToArray());
        Assert.Equal([expected[..12].Average(), expected[12..].Average()], mean.ChannelMeans, (left, right) => Math.Abs(left - right) < 1e-4);

        mean.WriteBinaryProto(_folder.File("mean.binaryproto"));
        mean.WriteNpy(_folder.File("mean.npy"));
        foreach (MeanImage back in (MeanImage[])
            [MeanImage.ReadBinaryProto(_folder.File("mean.binaryproto")), MeanImage.ReadNpy(_folder.File("mean.npy"))])
        {
            Assert.Equal((2, 3, 4), (back.Channels, back.Height, back.Width));
            Assert.Equal(expected, back.Values.ToArray());
        }

        Assert.Equal(expected, MeanImage.FromValues(expected, 2, 3, 4).Values.ToArray());
    }

    [Fact]
    public void Mean_file_is_subtracted_here_and_in_pycaffe()
    {
        string path = Digits.Store(_folder.File("store"), 4);
        using (DatumStore store = DatumStore.Open(path))
        {
            MeanImage.Compute(store).WriteBinaryProto(_folder.File("mean.binaryproto"));
        }

        string prototxt = _folder.Write("net.prototxt", Digits.Net(
            path, 2, more: $"transform_param {{ scale: 0.25 mean_file: '{_folder.File("mean.binaryproto")}' }}"));
        IReadOnlyDictionary<string, Tensor<float>> expected = Pycaffe.DataRuns("--prototxt", prototxt, "--runs", "2");
        using Net net = Net.FromFile(prototxt);
        double sum = 0;
        for (int run = 0; run < 2; run++)
        {
            net.Forward();
            Assert.Equal(expected[$"data/{run}"].Values(), net.Blobs["data"].ToArray());
            sum += net.Blobs["data"].ToArray().Sum(value => (double)value);
        }

        // All records less their mean.
        Assert.InRange(sum, -1e-3, 1e-3);
    }

    [Fact]
    public void Encoded_images_are_decoded_as_the_data_layer_does()
    {
        string path = _folder.File("store");
        using (DatumStore store = DatumStore.Create(path))
        {
            for (int number = 0; number < 2; number++)
            {
                using Mat image = new(2, 4, MatType.CV_8UC3);
                Cv2.Randu(image, Scalar.All(0), Scalar.All(256));
                Cv2.ImEncode(".png", image, out byte[] file);
                store.Put(Digits.Key(number), new Datum { Encoded = true, Data = ByteString.CopyFrom(file), Label = number });
            }
        }

        using DatumStore read = DatumStore.Open(path);
        using Net net = Net.FromText(Digits.Net(path, 2));
        net.Forward();
        float[] pixels = net.Blobs["data"].ToArray();
        Assert.Equal([2, 3, 2, 4], net.Blobs["data"].Shape.ToArray());
        MeanImage mean = MeanImage.Compute(read);
        Assert.Equal((3, 2, 4), (mean.Channels, mean.Height, mean.Width));
        Assert.Equal(Enumerable.Range(0, 24).Select(index => (pixels[index] + pixels[24 + index]) / 2), mean.Values.ToArray());
        Datum second = read.ReadRecords().Last().Value.Decoded();
        Assert.Equal(1, second.Label);
        Assert.Equal(pixels[24..], second.ToTensor().Values());
        Assert.Same(second, second.Decoded());

        using Mat deep = new(2, 4, MatType.CV_16UC1, Scalar.All(500));
        Cv2.ImEncode(".png", deep, out byte[] deepFile);
        foreach (byte[] bytes in (byte[][])[[], [1, 2, 3], deepFile])
        {
            Datum bad = new() { Encoded = true, Data = ByteString.CopyFrom(bytes) };
            Assert.Throws<InvalidDataException>(() => bad.Decoded());
        }
    }

    [Fact]
    public void Stores_and_files_without_a_mean_say_why()
    {
        string path = Digits.Store(_folder.File("store"), 0);
        using (DatumStore store = DatumStore.Open(path))
        {
            Assert.Contains(
                "is empty", Assert.Throws<CaffeException>(() => MeanImage.Compute(store)).Message, StringComparison.Ordinal);
        }

        using (DatumStore store = DatumStore.Append(path))
        {
            store.Put("a", Digits.Datum(1));
            store.Put("b", DatumArrays.FromBytes(new byte[3], 3, 1, 1));
        }

        using (DatumStore store = DatumStore.Open(path))
        {
            CaffeException error = Assert.Throws<CaffeException>(() => MeanImage.Compute(store));
            Assert.Contains("record 'b' has the shape 3 x 1 x 1, the first one 2 x 3 x 4", error.Message, StringComparison.Ordinal);
            Assert.Throws<OperationCanceledException>(() => MeanImage.Compute(store, new CancellationToken(canceled: true)));
        }

        BinaryProto.WriteFile(_folder.File("two.binaryproto"), Tensor.Create(new float[6], [2, 3]).ToBlobProto());
        CaffeException bad = Assert.Throws<CaffeException>(() => MeanImage.ReadBinaryProto(_folder.File("two.binaryproto")));
        Assert.Contains("the array is 2 x 3; a mean is 1 x channels x height x width", bad.Message, StringComparison.Ordinal);
        Assert.Equal(
            CaffeErrorKind.NotFound,
            Assert.Throws<CaffeException>(() => MeanImage.ReadBinaryProto(_folder.File("none"))).Kind);
        Npy.Write(_folder.File("two.npy"), new float[6], 2, 3);
        Assert.Throws<CaffeException>(() => MeanImage.ReadNpy(_folder.File("two.npy")));
        Assert.Throws<ArgumentException>(() => MeanImage.FromValues([1, 2], 1, 1, 3));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }
}
