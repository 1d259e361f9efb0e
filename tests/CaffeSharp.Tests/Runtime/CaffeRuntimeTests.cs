using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Runtime;

/// <summary>What the process's Caffe reports about its build.</summary>
[Collection(AloneCollection.Name)]
public sealed class CaffeRuntimeTests : LeakGate
{
    private static readonly string[] s_typesOfTheCascade =
        ["Convolution", "InnerProduct", "PReLU", "Pooling", "Softmax", "Dropout", "Slice", "Concat", "Input", "ImageData", "WindowData"];

    [Fact]
    public void Build_is_described()
    {
        CaffeBuildInfo info = CaffeRuntime.BuildInfo;
        Assert.Equal(1, info.AbiVersion);
        Assert.StartsWith("1.0.0", info.CaffeVersion, StringComparison.Ordinal);
        Assert.NotEmpty(info.CaffeSource);
        Assert.NotEmpty(info.Compiler);
        Assert.Matches(@"^\d+\.\d+", info.ProtobufVersion);
        Assert.Matches(@"^\d+\.\d+", info.BoostVersion);
        Assert.Equal("CaffeSharp.Imaging", info.OpenCvVersion);
        Assert.NotEmpty(info.Blas);
        Assert.Equal(info.HasCuda, info.CudaVersion is not null);
    }

    [Fact]
    public void Layer_types_are_Caffes_sorted()
    {
        IReadOnlyList<string> types = CaffeRuntime.LayerTypes;
        Assert.True(types.Count >= 60, $"{types.Count} layer types");
        Assert.Equal(types.Order(StringComparer.Ordinal), types);
        Assert.All(s_typesOfTheCascade, type => Assert.Contains(type, types));
    }

    [Fact]
    public void Loaded_file_is_there() => Assert.True(File.Exists(CaffeRuntime.NativeLibraryFile));

    [Fact]
    public void Cpu_build_has_no_devices() =>
        Assert.True(CaffeRuntime.BuildInfo.HasCuda || CaffeRuntime.DeviceCount == 0, $"{CaffeRuntime.DeviceCount} devices");

    [Fact]
    public void Blas_threads_are_set_and_read()
    {
        int before = CaffeRuntime.BlasThreads;
        CaffeRuntime.BlasThreads = 1;
        Assert.Equal(1, CaffeRuntime.BlasThreads);
        CaffeRuntime.BlasThreads = before;
        Assert.Equal(before, CaffeRuntime.BlasThreads);
        Assert.Throws<ArgumentOutOfRangeException>(() => CaffeRuntime.BlasThreads = 0);
    }

    [Fact]
    public void Memory_limit_is_null_unless_set()
    {
        Assert.Null(CaffeRuntime.BlobMemoryLimit);
        Assert.Throws<ArgumentOutOfRangeException>(() => CaffeRuntime.BlobMemoryLimit = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => CaffeRuntime.BlobMemoryLimit = -1);
        Assert.Null(CaffeRuntime.BlobMemoryLimit);
    }

    [Fact]
    public void Nothing_reaches_standard_error_where_nobody_asked_for_logs()
    {
        // The errors of failed calls are in the exceptions; the terminal is the program's own.
        using TemporaryFolder folder = new();
        string path = folder.Write("net.prototxt", "layer { nam: 1 }");
        Assert.Equal(string.Empty, StandardError.During(() =>
        {
            Assert.Throws<CaffeException>(() => Net.FromFile(path));
            Assert.Throws<CaffeException>(() => Net.FromFile(Originals.Net12, Originals.Weights24));
            string whole = folder.Write("half.caffemodel", File.ReadAllBytes(Originals.Weights12)[..5000]);
            Assert.Throws<CaffeException>(() => Net.FromFile(Originals.Net12, whole));
            using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
            net.SaveHdf5(folder.File("weights.h5"));
            string broken = folder.Write("broken.h5", File.ReadAllBytes(folder.File("weights.h5"))[..3000]);
            Assert.Throws<CaffeException>(() => net.CopyFrom(broken));
            net.Forward();
        }));
    }
}
