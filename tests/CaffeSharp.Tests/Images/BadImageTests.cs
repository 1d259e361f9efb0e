using CaffeSharp.Imaging;
using CaffeSharp.Interop;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Images;

/// <summary>Lists and photos that cannot be read: pycaffe ends the process, blocks, or continues with black images.</summary>
[Collection(AloneCollection.Name)]
public sealed class BadImageTests : LeakGate
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, CaffeErrorKind, string> BadPhotos => new()
    {
        { "missing", CaffeErrorKind.NotFound, "the image file does not exist" },
        { "empty", CaffeErrorKind.Format, "the image file is empty" },
        { "folder", CaffeErrorKind.IO, "is a folder, not a file" },
        { "text", CaffeErrorKind.Format, "OpenCV finds no image in these 9 bytes" },
        { "cut", CaffeErrorKind.Format, "OpenCV finds no image in these 20 bytes" },
        { "truncated", CaffeErrorKind.Format, "OpenCV finds no image in these " },
    };

    [Theory]
    [MemberData(nameof(BadPhotos))]
    public void Bad_photo_of_a_later_batch_is_named_with_its_line_and_the_net_can_be_disposed(
        string kind, CaffeErrorKind expected, string reason)
    {
        string bad = BadPhoto(kind);
        string list = _folder.Write("list.txt", $"{ImageNets.Photo("camera.png")} 1\n{bad} 2\n");
        using Net net = Net.FromText(ImageNets.ImageData("photos", list, "batch_size: 1"));
        net.Forward();

        for (int time = 0; time < 2; time++)
        {
            CaffeException error = Assert.Throws<CaffeException>(() => net.Forward());
            Assert.StartsWith($"<text>:1: layer 'photos' (ImageData): {bad}: {reason}", error.Message, StringComparison.Ordinal);
            Assert.EndsWith($" (line 2 of '{list}')", error.Message, StringComparison.Ordinal);
            Assert.Equal((expected, "photos", bad), (error.Kind, error.LayerName, error.Path));
        }
    }

    [Theory]
    [MemberData(nameof(BadPhotos))]
    public void Bad_photo_under_a_window_is_named_where_pycaffe_gives_a_black_batch(string kind, CaffeErrorKind expected, string reason)
    {
        string bad = BadPhoto(kind);
        string list = _folder.Write("windows.txt", $"# 0\n{bad}\n3 100 100\n2\n1 1 0 0 9 9\n0 0 0 0 9 9\n");
        using Net net = Net.FromText(ImageNets.WindowData("windows", list, "batch_size: 2", "crop_size: 8"));

        CaffeException error = Assert.Throws<CaffeException>(() => net.Forward());

        Assert.StartsWith($"<text>:1: layer 'windows' (WindowData): {bad}: {reason}", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($" (line 2 of '{list}')", error.Message, StringComparison.Ordinal);
        Assert.Equal((expected, bad), (error.Kind, error.Path));
    }

    [Fact]
    public void Photo_smaller_than_the_crop_is_named()
    {
        string list = _folder.Write("list.txt", $"{ImageNets.Photo("astronaut.png")} 1\n{ImageNets.Photo("chelsea.png")} 2\n");
        using Net net = Net.FromText(ImageNets.ImageData("photos", list, "batch_size: 2", "crop_size: 400"));

        CaffeException error = Assert.Throws<CaffeException>(() => net.Forward());

        Assert.Equal(CaffeErrorKind.Check, error.Kind);
        Assert.StartsWith(
            $"<text>:1: layer 'photos' (ImageData): {ImageNets.Photo("chelsea.png")}: Check failed: height <= img_height (400 vs. 300)",
            error.Message, StringComparison.Ordinal);
        Assert.EndsWith($" (line 2 of '{list}')", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void List_of_a_wrong_form_is_the_path_with_the_line()
    {
        string list = _folder.Write("list.txt", "a.png 1\nb.png cat\n");
        string prototxt = _folder.Write("net.prototxt", "name: \"n\"\n" + ImageNets.ImageData("photos", list, ""));

        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromFile(prototxt));

        Assert.StartsWith(
            $"{prototxt}:2: layer 'photos' (ImageData): {list}:2: after the last space stands 'cat'", error.Message, StringComparison.Ordinal);
        Assert.Equal((CaffeErrorKind.Format, "photos", list, 2), (error.Kind, error.LayerName, error.Path, error.Line));
    }

    [Fact]
    public void Solver_stops_at_a_bad_photo_with_its_name()
    {
        string bad = BadPhoto("text");
        string list = _folder.Write("list.txt", $"{ImageNets.Photo("camera.png")} 0\n{ImageNets.Photo("camera.png")} 1\n{bad} 1\n");
        string text = $$"""
            base_lr: 0.0001 lr_policy: "fixed" max_iter: 10 snapshot_after_train: false
            net_param {
              {{ImageNets.ImageData("photos", list, "batch_size: 2 new_height: 8 new_width: 8", "scale: 0.01")}}
              layer { name: "ip" type: "InnerProduct" bottom: "photos" top: "ip" inner_product_param { num_output: 2 } }
              layer { name: "loss" type: "SoftmaxWithLoss" bottom: "ip" bottom: "photos label" top: "loss" }
            }
            """;
        using Solver solver = Solver.FromText(text);

        CaffeException error = Assert.Throws<CaffeException>(() => solver.Step(10));

        Assert.Contains($"layer 'photos' (ImageData): {bad}: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, solver.Iteration);
    }

    [Fact]
    public void Nets_that_fail_over_and_over_leave_no_memory_behind()
    {
        string bad = BadPhoto("text");
        string text = ImageNets.ImageData(
            "photos", _folder.Write("list.txt", $"{ImageNets.Photo("camera.png")} 1\n{bad} 2\n"), "batch_size: 1");
        Fail(10);
        long before = ProcessMemory.Resident;
        Fail(60);
        Assert.InRange(ProcessMemory.Resident - before, long.MinValue, ProcessMemory.Noise);

        void Fail(int times)
        {
            for (int time = 0; time < times; time++)
            {
                using Net net = Net.FromText(text);
                net.Forward();
                Assert.Throws<CaffeException>(() => net.Forward());
            }
        }
    }

    [Theory]
    [InlineData(
        "/usr/lib/OpenCvSharpExtern.so: cannot open shared object file: No such file or directory",
        "cannot be loaded: Unable to load shared library 'OpenCvSharpExtern' or one of its dependencies. Add the package OpenCvSharp4.official.runtime.linux-x64")]
    [InlineData(
        "libgtk-3.so.0: cannot open shared object file: No such file or directory\n/usr/lib/OpenCvSharpExtern: cannot open shared object file",
        "cannot be loaded: it needs libgtk-3.so.0, which this machine does not have. Install what is missing: sudo apt-get install libgtk-3-0")]
    public void OpenCV_that_does_not_exist_is_said_with_what_to_add(string attempts, string expected)
    {
        DllNotFoundException missing = new(
            "Unable to load shared library 'OpenCvSharpExtern' or one of its dependencies. In order to help diagnose: \n" + attempts);

        Assert.Contains(
            expected, OpenCvLibrary.Explain(new TypeInitializationException("NativeMethods", missing)), StringComparison.Ordinal);
    }

    [Fact]
    public void Library_that_does_not_exist_is_the_layers_error_with_what_to_add()
    {
        (CaffeStatus status, string text) = ImageCodecBridge.Explain(new DllNotFoundException("OpenCV cannot be loaded"));

        Assert.Equal((CaffeStatus.ErrorUnsupported, "OpenCV cannot be loaded"), (status, text));
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }

    private string BadPhoto(string kind) => kind switch
    {
        "missing" => _folder.File("none.png"),
        "empty" => _folder.Write("empty.png", string.Empty),
        "folder" => _folder.Path,
        "text" => _folder.Write("text.png", "no image\n"),
        "truncated" => ImageNets.Photo("truncated.jpg"),
        _ => _folder.Write("cut.png", File.ReadAllBytes(ImageNets.Photo("camera.png"))[..20]),
    };
}
