using System.Numerics.Tensors;
using System.Text;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Files;

/// <summary>Arrays between here and the real NumPy.</summary>
public sealed class NpyTests(NumpyFiles numpy) : IClassFixture<NumpyFiles>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(new int[0], "()")]
    [InlineData(new[] { 6 }, "(6,)")]
    [InlineData(new[] { 2, 3, 4 }, "(2, 3, 4)")]
    [InlineData(new[] { 0, 3 }, "(0, 3)")]
    public void Array_written_here_is_loaded_by_numpy(int[] shape, string shapeInPython)
    {
        float[] values = [.. Enumerable.Range(0, shape.Aggregate(1, (product, length) => product * length))
            .Select(index => (index * 0.25f) - 1)];
        string path = _folder.File("array.npy");
        Npy.Write(path, values, shape);

        string seen = Pycaffe.Run(
            "a = np.load(args[0], allow_pickle=False)\nprint(a.dtype.str, a.shape, a.flags.c_contiguous, a.ravel().tolist())",
            path);

        string list = string.Join(", ", values.Select(value => FormattableString.Invariant($"{value:0.0##}")));
        Assert.Equal($"<f4 {shapeInPython} True [{list}]\n", seen);
        Assert.Equal(0, (new FileInfo(path).Length - (values.Length * 4)) % 64);
    }

    [Theory]
    [InlineData("<f2")]
    [InlineData("<f4")]
    [InlineData(">f4")]
    [InlineData("<f8")]
    [InlineData(">f8")]
    [InlineData("|i1")]
    [InlineData("<i2")]
    [InlineData(">i4")]
    [InlineData("<i8")]
    public void Array_of_any_number_type_saved_by_numpy_is_read(string type)
    {
        Tensor<float> array = Npy.Read(numpy.Signed(type));
        Assert.Equal([2, 3], array.Shape());
        Assert.Equal([-1, 2, 3, 4, 5, -128], array.Values());
    }

    [Theory]
    [InlineData("|u1", 255)]
    [InlineData(">u2", 65535)]
    [InlineData("<u4", 4294967295)]
    [InlineData("<u8", 18446744073709551615)]
    [InlineData("|b1", 1)]
    public void Largest_unsigned_value_saved_by_numpy_is_read(string type, ulong largest) =>
        Assert.Equal([0, 1, (float)largest], Npy.Read(numpy.Unsigned(type)).Values());

    [Fact]
    public void Column_major_array_is_read_row_major()
    {
        string path = _folder.File("array.npy");
        Pycaffe.Run("np.save(args[0], np.asfortranarray(np.arange(24, dtype='f4').reshape(2, 3, 4)))", path);

        Tensor<float> array = Npy.Read(path);

        Assert.Equal([2, 3, 4], array.Shape());
        Assert.Equal(Enumerable.Range(0, 24).Select(index => (float)index), array.Values());
    }

    [Fact]
    public void Scalar_is_written_without_axes_and_read_as_a_tensor_of_one()
    {
        string path = _folder.File("scalar.npy");
        Npy.Write(path, [2.5f], []);
        Assert.Equal("() 2.5\n", Pycaffe.Run("a = np.load(args[0])\nprint(a.shape, a)", path));
        Tensor<float> scalar = Npy.Read(path);
        Assert.Equal([1], scalar.Shape());
        Assert.Equal(2.5f, scalar[0]);
    }

    [Fact]
    public void Tensor_that_is_not_dense_is_written_in_its_own_order()
    {
        string path = _folder.File("transposed.npy");
        Tensor<float> matrix = Tensor.Create(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);
        Npy.Write(path, Tensor.PermuteDimensions(matrix, [1, 0]));
        Assert.Equal(
            "(3, 2) [[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]\n",
            Pycaffe.Run("a = np.load(args[0])\nprint(a.shape, a.tolist())", path));
        Tensor<float> read = Npy.Read(path);
        Assert.True(read.IsDense);
        Assert.Equal([1, 4, 2, 5, 3, 6], read.Values());
    }

    [Fact]
    public void Arrays_by_name_go_to_numpy_and_back()
    {
        string here = _folder.File("here.npz");
        string there = _folder.File("there.npz");
        Tensor<float> weights = Tensor.Create(new float[] { 1, 2, 3, 4 }, [2, 2]);
        Npz.Write(here, [new("conv1/3x3", weights), new("prob", Tensor.Create(new float[] { 7 })), new("column", weights.Slice([0..2, 1..2]))]);

        string names = Pycaffe.Run(
            "z = np.load(args[0], allow_pickle=False)\nprint(z.files, z['conv1/3x3'].tolist(), z['prob'].shape, z['column'].tolist())\n" +
            "np.savez_compressed(args[1], **{'conv1/3x3': z['conv1/3x3'] * 2})",
            here, there);

        Assert.Equal("['conv1/3x3', 'prob', 'column'] [[1.0, 2.0], [3.0, 4.0]] (1,) [[2.0], [4.0]]\n", names);
        Tensor<float> array = Assert.Single(Npz.Read(there), pair => pair.Key == "conv1/3x3").Value;
        Assert.Equal([2, 4, 6, 8], array.Values());
    }

    [Fact]
    public void Text_file_is_not_an_array()
    {
        string path = _folder.Write("array.npy", "1 2 3 4 5 6 7 8");
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Npy.Read(path));
        Assert.Equal($"{path} is no .npy file: it does not begin as np.save begins one.", error.Message);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => Npz.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_file_is_not_an_array()
    {
        string path = _folder.Write("array.npy", string.Empty);
        Assert.Contains(
            $"{path} is no .npy file", Assert.Throws<InvalidDataException>(() => Npy.Read(path)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(40)]
    [InlineData(131)]
    public void Truncated_array_is_refused(int length)
    {
        string whole = _folder.File("whole.npy");
        Npy.Write(whole, [1, 2, 3], 3);
        string path = _folder.Write("array.npy", File.ReadAllBytes(whole)[..length]);
        Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => Npy.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<U5")]
    [InlineData("<c8")]
    [InlineData("|S3")]
    public void Array_of_no_real_numbers_is_refused_with_the_fix(string type)
    {
        string path = numpy.Other(type);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Npy.Read(path));
        Assert.Equal(
            $"{path} holds values of type '{type}', which are not real numbers. Save it as array.astype(np.float32).",
            error.Message);
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (100000, 100000), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1000, 1000, 100), }")]
    [InlineData("{'fortran_order': False, 'shape': (1,), }")]
    public void Header_that_lies_is_refused_before_memory_is_taken(string header)
    {
        byte[] text = Encoding.ASCII.GetBytes(header);
        string path = _folder.Write("array.npy", [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. text]);
        Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => Npy.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_that_is_not_a_file_is_refused()
    {
        Assert.Contains(
            "is a folder", Assert.Throws<IOException>(() => Npy.Read(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "is a folder", Assert.Throws<IOException>(() => Npy.Write(_folder.Path, [1], 1)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "none.npy", Assert.Throws<FileNotFoundException>(() => Npy.Read(_folder.File("none.npy"))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Npy.Read(string.Empty));
        Assert.Throws<ArgumentException>(() => Npy.Read("a\0b"));
    }

    [Fact]
    public void Shape_of_another_size_is_refused_and_nothing_is_written()
    {
        string path = _folder.File("array.npy");
        ArgumentException error = Assert.Throws<ArgumentException>(() => Npy.Write(path, [1, 2, 3], 2, 2));
        Assert.Contains("3 values do not fill the shape 2 x 2.", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Name_that_comes_twice_is_refused_and_nothing_is_left()
    {
        Tensor<float> one = Tensor.Create(new float[] { 1 }, [1]);
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => Npz.Write(_folder.File("arrays.npz"), [new("a", one), new("a", one)]));
        Assert.Contains("Two arrays are named 'a'.", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }
}
