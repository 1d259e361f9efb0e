using System.Buffers.Binary;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Nets;

/// <summary>Invalid weights, or another net's. The net keeps what it had.</summary>
[Collection(AloneCollection.Name)]
public sealed class BadWeightsTests : LeakGate
{
    private readonly TemporaryFolder _folder = new();
    private readonly Net _net = Net.FromFile(Originals.Net12, Originals.Weights12);

    [Fact]
    public void Missing_file_is_not_found()
    {
        string path = _folder.File("none.caffemodel");
        CaffeException error = Refused(path);
        Assert.Equal(CaffeErrorKind.NotFound, error.Kind);
        Assert.Equal(path, error.Path);
        Assert.Equal($"{path}: the weights file does not exist", error.Message);
    }

    [Fact]
    public void Empty_file_is_said_to_be_empty() =>
        AssertFormat(_folder.Write("weights.caffemodel", string.Empty), "the weights file is empty");

    [Fact]
    public void Truncated_file_is_said_to_be_damaged()
    {
        byte[] whole = File.ReadAllBytes(Originals.Weights12);
        AssertFormat(_folder.Write("weights.caffemodel", whole[..(whole.Length / 2)]), "the caffemodel is truncated or damaged");
    }

    [Fact]
    public void Text_is_said_to_be_text() =>
        AssertFormat(_folder.Write("weights.caffemodel", "These are not weights at all.\n"), "this is a text file");

    [Fact]
    public void Definition_in_place_of_the_weights_is_said_to_be_one() =>
        AssertFormat(Originals.Net12, "this is a text file, perhaps a prototxt; weights come in a binary caffemodel or an HDF5 file");

    [Fact]
    public void Weights_and_definition_swapped_are_found_out()
    {
        CaffeException error =
            Assert.Throws<CaffeException>(() => Net.FromFile(Originals.Weights12, Originals.Net12));
        Assert.Equal(CaffeErrorKind.Format, error.Kind);
        Assert.Equal(Originals.Weights12, error.Path);
        Assert.StartsWith(
            $"{Originals.Weights12}: this is a binary file, not a prototxt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_shape_name_the_layer_and_both_shapes()
    {
        CaffeException error = Refused(Originals.Weights24);
        Assert.Equal("conv1", error.LayerName);
        Assert.StartsWith(
            $"{Originals.Weights24}: layer 'conv1': parameter 0 has the shape 28 x 3 x 3 x 3 in the file, but the net requires " +
            "10 x 3 x 3 x 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_without_a_layer_of_the_net_are_another_nets()
    {
        SharedFolder.RequireOriginals();
        CaffeException error = Refused(Originals.Path("models", "official", "det4.caffemodel"));
        Assert.Equal(CaffeErrorKind.Format, error.Kind);
        Assert.Contains("not one of its layers is a layer with parameters of net '12Net'", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("These are the weights of another net.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_is_said_to_be_one()
    {
        CaffeException error = Refused(_folder.Path);
        Assert.Equal(CaffeErrorKind.IO, error.Kind);
        Assert.Equal($"{_folder.Path}: is a folder, not a file", error.Message);
    }

    [Fact]
    public void Device_is_not_read_for_ever()
    {
        CaffeException error = Refused("/dev/zero");
        Assert.Equal(CaffeErrorKind.IO, error.Kind);
        Assert.StartsWith("/dev/zero: is not a regular file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_that_is_too_long_is_said_to_be()
    {
        CaffeException error = Refused(new string('w', 5000));
        Assert.Equal(CaffeErrorKind.IO, error.Kind);
        Assert.EndsWith("the weights file cannot be opened: File name too long", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_HDF5_file_is_refused()
    {
        string whole = _folder.File("whole.h5");
        _net.SaveHdf5(whole);
        byte[] bytes = File.ReadAllBytes(whole);
        AssertFormat(_folder.Write("weights.h5", bytes[..(bytes.Length / 2)]), "the HDF5 file is truncated or damaged");
    }

    [Fact]
    public void HDF5_dataset_whose_values_are_fewer_than_its_shape_says_is_refused()
    {
        string whole = _folder.File("whole.h5");
        _net.SaveHdf5(whole);
        byte[] bytes = File.ReadAllBytes(whole);

        // Where a dataset lies: version 3, in one piece, its address, its length.
        const int addressBytes = 8;
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, _net.Parameters["conv1"][0].Count * sizeof(float));
        int place = bytes.AsSpan().IndexOf(length);
        while (bytes[place - addressBytes - 2] != 3 || bytes[place - addressBytes - 1] != 1)
        {
            place += 1 + bytes.AsSpan(place + 1).IndexOf(length);
        }

        bytes[place] = 10;
        bytes[place + 1] = 0;
        AssertFormat(_folder.Write("weights.h5", bytes), "layer 'conv1': parameter 0 claims more values than the file holds of it");
    }

    [Fact]
    public void HDF5_group_whose_members_are_nowhere_is_refused()
    {
        string whole = _folder.File("whole.h5");
        _net.SaveHdf5(whole);
        IReadOnlyList<byte[]> damaged = Hdf5Damage.WithMembersNowhere(whole);

        // The root, "data", and in it one of each layer.
        Assert.Equal(2 + _net.Layers.Count, damaged.Count);
        Assert.All(damaged.Take(2), bytes => AssertFormat(_folder.Write("weights.h5", bytes), "HDF5"));
        Exception?[] errors = [.. damaged.Skip(2).Select(bytes => Record.Exception(() => _net.CopyFrom(_folder.Write("weights.h5", bytes))))];
        Assert.All(errors, error => Assert.True(error is null or CaffeException { Kind: CaffeErrorKind.Format }, error?.ToString()));
        Assert.Equal(_net.Layers.Count(layer => layer.Parameters.Count > 0), errors.Count(error => error is not null));
    }

    [Fact]
    public void Noise_is_refused()
    {
        byte[] noise = new byte[10_000];
#pragma warning disable CA5394 // Any bytes will do, and the same each time.
        new Random(1).NextBytes(noise);
#pragma warning restore CA5394
        AssertFormat(_folder.Write("weights.caffemodel", noise), "the caffemodel is truncated or damaged");
    }

    [Fact]
    public void Truncated_bytes_are_called_by_their_name()
    {
        byte[] whole = File.ReadAllBytes(Originals.Weights12);
        CaffeException error = Assert.Throws<CaffeException>(() => _net.CopyFrom(whole.AsSpan(0, 1000), "embedded weights"));
        Assert.Equal(CaffeErrorKind.Format, error.Kind);
        Assert.StartsWith("embedded weights: the caffemodel is truncated", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Net_made_with_bad_weights_is_freed()
    {
        long before = CaffeRuntime.BlobMemory;
        Assert.Throws<CaffeException>(() => Net.FromFile(Originals.Net12, Originals.Weights24));
        Assert.Equal(before, CaffeRuntime.BlobMemory);
    }

    protected override void Dispose(bool disposing)
    {
        _net.Dispose();
        _folder.Dispose();
        base.Dispose(disposing);
    }

    private CaffeException Refused(string path)
    {
        float[] before = _net.Parameters["conv1"][0].ToArray();
        CaffeException error = Assert.Throws<CaffeException>(() => _net.CopyFrom(path));
        Assert.Equal(before, _net.Parameters["conv1"][0].ToArray());
        return error;
    }

    private void AssertFormat(string path, string said)
    {
        CaffeException error = Refused(path);
        Assert.Equal(CaffeErrorKind.Format, error.Kind);
        Assert.Equal(path, error.Path);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.OrdinalIgnoreCase);
    }
}
