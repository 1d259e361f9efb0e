using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Nets;

/// <summary>Definitions that make no net.</summary>
[Collection(AloneCollection.Name)]
public sealed class BadDefinitionTests : LeakGate
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Missing_file_is_not_found()
    {
        CaffeException error = Refused(_folder.File("none.prototxt"), CaffeErrorKind.NotFound);
        Assert.Equal($"{_folder.File("none.prototxt")}: the prototxt file does not exist", error.Message);
    }

    [Fact]
    public void Empty_file_is_said_to_be_empty()
    {
        CaffeException error = Refused(_folder.Write("net.prototxt", string.Empty), CaffeErrorKind.Format);
        Assert.EndsWith(": the prototxt file is empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_is_said_to_be_one()
    {
        CaffeException error = Refused(_folder.Path, CaffeErrorKind.IO);
        Assert.Equal($"{_folder.Path}: is a folder, not a file", error.Message);
    }

    [Fact]
    public void Device_is_not_read_for_ever()
    {
        CaffeException error = Refused("/dev/zero", CaffeErrorKind.IO);
        Assert.StartsWith("/dev/zero: is not a regular file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_that_is_too_long_is_said_to_be()
    {
        CaffeException error = Refused(new string('p', 5000), CaffeErrorKind.IO);
        Assert.EndsWith("the prototxt file cannot be opened: File name too long", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_within_layers_without_end_are_refused()
    {
        string text = string.Concat(Enumerable.Repeat("layer { ", 100_000));
        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromText(text));
        Assert.Equal(CaffeErrorKind.Format, error.Kind);
        Assert.StartsWith("<text>:1:9: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Typo_is_shown_with_line_and_column()
    {
        string path = _folder.Write(
            "net.prototxt", File.ReadAllText(Originals.Net12).Replace("num_output: 16", "num_outputs: 16", StringComparison.Ordinal));
        int line = File.ReadLines(path).TakeWhile(text => !text.Contains("num_outputs", StringComparison.Ordinal)).Count() + 1;
        CaffeException error = Refused(path, CaffeErrorKind.Format);
        Assert.Equal(line, error.Line);
        Assert.NotNull(error.Column);
        Assert.Contains($"{path}:{line}:{error.Column}", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "Message type \"caffe.ConvolutionParameter\" has no field named \"num_outputs\"; did you mean 'num_output'?",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Typo_in_a_text_is_shown_under_its_name()
    {
        CaffeException named = Assert.Throws<CaffeException>(
            () => Net.FromText("name: \"a\"\nlayer { nam: \"b\" }\n", name: "my net"));
        Assert.Equal(("my net", 2), (named.Path, named.Line));
        Assert.Contains("my net:2:", named.Message, StringComparison.Ordinal);
        CaffeException unnamed = Assert.Throws<CaffeException>(() => Net.FromText("layer {"));
        Assert.Contains("<text>:", unnamed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_layer_type_is_answered_with_the_nearest_and_its_line()
    {
        string path = Changed("type: \"Pooling\"", "type: \"Poolin\"");
        CaffeException error = Refused(path, CaffeErrorKind.Format);
        Assert.Equal("pool1", error.LayerName);
        Assert.StartsWith(
            $"{path}:{error.Line}: layer 'pool1' (Poolin): unknown layer type 'Poolin'", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("did you mean 'Pooling'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_bottom_is_answered_with_the_layer_and_the_nearest()
    {
        string path = Changed("bottom: \"pool1\"", "bottom: \"pol1\"");
        CaffeException error = Refused(path, CaffeErrorKind.Format);
        Assert.Equal(("conv2", "pol1"), (error.LayerName, error.BlobName));
        Assert.StartsWith(
            $"{path}:{error.Line}: layer 'conv2' (Convolution): unknown bottom blob 'pol1'", error.Message,
            StringComparison.Ordinal);
        Assert.EndsWith("did you mean 'pool1'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Negative_size_is_shown_where_it_stands()
    {
        SharedFolder.RequireOriginals();
        CaffeException kernel = Refused(Changed("kernel_size: 3", "kernel_size: -3"), CaffeErrorKind.Format);
        Assert.EndsWith($":{kernel.Line}:{kernel.Column}: Expected integer, got: -", kernel.Message, StringComparison.Ordinal);
        CaffeException input = Refused(Changed("input_dim: 12", "input_dim: -12"), CaffeErrorKind.Format);
        Assert.Contains("a shape has the dimension -12", input.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernel_larger_than_its_input_names_the_layer()
    {
        string path = Changed("kernel_size: 3", "kernel_size: 40");
        CaffeException error = Refused(path, CaffeErrorKind.Check);
        Assert.Equal("conv1", error.LayerName);
        Assert.Contains("layer 'conv1' (Convolution): Check failed: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shape_beyond_the_memory_is_refused_with_the_blob()
    {
        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromText("""
            layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1024 dim: 1024 dim: 2000 } } }
            layer { name: "power" type: "Power" bottom: "data" top: "large" power_param { shift: 1 } }
            layer { name: "power2" type: "Power" bottom: "large" top: "larger" power_param { shift: 1 } }
            layer { name: "power3" type: "Power" bottom: "larger" top: "largest" power_param { shift: 1 } }
            layer { name: "power4" type: "Power" bottom: "largest" top: "last" power_param { shift: 1 } }
            """));
        Assert.Equal(CaffeErrorKind.OutOfMemory, error.Kind);
        Assert.Contains("1024 x 1024 x 2000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gigabyte_shape_beyond_a_limit_of_ones_own_is_refused()
    {
        CaffeRuntime.BlobMemoryLimit = 100 << 20;
        try
        {
            Assert.Equal(100 << 20, CaffeRuntime.BlobMemoryLimit);
            CaffeException error = Assert.Throws<CaffeException>(() => Net.FromText("""
                layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1024 dim: 1024 dim: 256 } } }
                """));
            Assert.Equal(CaffeErrorKind.OutOfMemory, error.Kind);
            Assert.Contains("data", error.Message, StringComparison.Ordinal);

            CaffeException own = Assert.Throws<CaffeException>(() => new Blob(1024, 1024, 256));
            Assert.Equal(CaffeErrorKind.OutOfMemory, own.Kind);
            Assert.Contains(
                "the shape 1024 x 1024 x 256 requires 1.1 GB of memory; the limit is 104.9 MB", own.Message,
                StringComparison.Ordinal);
        }
        finally
        {
            CaffeRuntime.BlobMemoryLimit = null;
        }

        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        net.Forward();
    }

    [Fact]
    public void Count_beyond_Caffes_own_limit_is_refused()
    {
        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromText("""
            layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 65536 dim: 65536 } } }
            """));
        Assert.Contains(error.Kind, new[] { CaffeErrorKind.Check, CaffeErrorKind.OutOfMemory });
        Assert.Contains("data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gpu_on_a_cpu_build_is_unsupported_and_says_how_to_get_it()
    {
        CaffeException error = Assert.Throws<CaffeException>(
            () => Net.FromFile(Originals.Net12, new NetOptions { Device = Device.Gpu(CaffeRuntime.DeviceCount) }));
        if (CaffeRuntime.BuildInfo.HasCuda)
        {
            Assert.Contains(error.Kind, new[] { CaffeErrorKind.Argument, CaffeErrorKind.Unsupported });
        }
        else
        {
            Assert.Equal(CaffeErrorKind.Unsupported, error.Kind);
            Assert.Contains("CAFFESHARP_CUDA=ON", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Ten_thousand_failed_loads_leave_no_memory_behind()
    {
        string typo = Changed("num_output: 16", "num_outputs: 16");
        string bottom = Changed("bottom: \"pool1\"", "bottom: \"pol1\"");
        string kernel = Changed("kernel_size: 3", "kernel_size: 40");
        long blobs = CaffeRuntime.BlobMemory;
        Fail(500);
        long before = ProcessMemory.Resident;
        Fail(2500);
        Assert.Equal(blobs, CaffeRuntime.BlobMemory);
        Assert.InRange(ProcessMemory.Resident - before, long.MinValue, ProcessMemory.Noise);
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        net.Forward();

        void Fail(int rounds)
        {
            for (int round = 0; round < rounds; round++)
            {
                Assert.Throws<CaffeException>(() => Net.FromFile(typo));
                Assert.Throws<CaffeException>(() => Net.FromFile(bottom));
                Assert.Throws<CaffeException>(() => Net.FromFile(kernel));
                Assert.Throws<CaffeException>(() => Net.FromFile(Originals.Net12, Originals.Weights24));
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }

    private string Changed(string original, string changed)
    {
        string text = File.ReadAllText(Originals.Net12);
        Assert.Contains(original, text, StringComparison.Ordinal);
        return _folder.Write($"{Guid.NewGuid():N}.prototxt", text.Replace(original, changed, StringComparison.Ordinal));
    }

    private static CaffeException Refused(string path, params CaffeErrorKind[] kinds)
    {
        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromFile(path));
        Assert.Contains(error.Kind, kinds);
        Assert.Equal(path, error.Path);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        return error;
    }
}
