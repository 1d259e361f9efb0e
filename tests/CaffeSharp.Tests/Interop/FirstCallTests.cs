using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Interop;

/// <summary>Entry points as the first call of a process: each loads the native half by itself. The program (tests/FirstCall) does not refer
/// to CaffeSharp.Imaging, so images are an error there.</summary>
public sealed class FirstCallTests : LeakGate
{
    private const string AddThePackage = "Add it: dotnet add package CaffeSharp.Imaging";

    private static readonly Dictionary<string, string> s_results = new()
    {
        ["Blob"] = "6",
        ["Blob.LoadNpy"] = "6",
        ["CaffeRuntime.BlasThreads.get"] = "True",
        ["CaffeRuntime.BlasThreads.set"] = "1",
        ["CaffeRuntime.BlobMemory"] = "True",
        ["CaffeRuntime.BlobMemoryLimit"] = "1073741824",
        ["CaffeRuntime.BuildInfo"] = "1",
        ["CaffeRuntime.DeviceCount"] = "True",
        ["CaffeRuntime.InstructionSet"] = "True",
        ["CaffeRuntime.LayerTypes"] = "True",
        ["CaffeRuntime.NativeLibraryFile"] = "libcaffesharp.so",
        ["CaffeTimer"] = "cpu",
        ["DatumImages.Decoded"] = AddThePackage,
        ["DatumStore.Append"] = "Lmdb",
        ["DatumStore.Create"] = "Lmdb",
        ["DatumStore.Open"] = "7",
        ["Hdf5.Read"] = "array",
        ["Net.FromFile"] = "file",
        ["Net.FromParameter"] = "made",
        ["Net.FromText"] = "text",
        ["Net.FromText, ImageData"] = AddThePackage,
        ["Net.FromText, own codec"] = "3 5",
        ["Prototxt.Parse"] = "parsed",
        ["Prototxt.Print"] = "name: \"printed\"",
        ["Prototxt.ReadFile"] = "file",
        ["Solver.FromFile"] = "0",
        ["Solver.FromParameter"] = "0",
        ["Solver.FromText"] = "0",
        ["UpgradeProto.Net"] = "upgraded",
        ["UpgradeProto.Solver"] = "0.5",
    };

    private readonly TemporaryFolder _folder = new();

    public FirstCallTests()
    {
        Npy.Write(_folder.File("array.npy"), [1, 2, 3, 4, 5, 6], 2, 3);
        Hdf5.Write(_folder.File("arrays.h5"), [new("array", Tensor.Create(new float[] { 1, 2, 3 }, [3]))]);
        string net = _folder.Write("net.prototxt", "name: \"file\"\n" + SmallNets.InnerProduct.Split('\n', 2)[1]);
        _folder.Write("solver.prototxt", $"net: \"{net}\" base_lr: 1 lr_policy: \"fixed\" snapshot_after_train: false");
        _folder.Write("images.txt", _folder.Write("image.png", "12345") + " 1\n");
        using DatumStore store = DatumStore.Create(_folder.File("store"));
        store.Put("key", DatumArrays.FromBytes([1], channels: 1, height: 1, width: 1, label: 7));
        store.Commit();
    }

    public static TheoryData<string> EntryPoints => [.. s_results.Keys];

    private static string Dotnet { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static string Program { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "FirstCall", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
        "FirstCall.dll"));

    [Fact]
    public void The_programs_entry_points_are_those_that_are_tested_here() =>
        Assert.Equal(s_results.Keys.Order(StringComparer.Ordinal), ToolRun.Output(Dotnet, Program).TrimEnd().Split('\n').Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(EntryPoints))]
    public void Entry_point_when_it_is_a_processs_first_call_then_loads_the_native_half(string name)
    {
        string output = ToolRun.Output(Dotnet, Program, name, _folder.Path).TrimEnd();

        string expected = s_results[name];
        if (expected == AddThePackage)
        {
            Assert.StartsWith("Unsupported: ", output, StringComparison.Ordinal);
            Assert.Contains(expected, output, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(expected, output);
    }

    [Fact]
    public void The_program_without_the_package_has_no_OpenCV()
    {
        string folder = Path.GetDirectoryName(Program)!;

        Assert.True(File.Exists(Path.Combine(folder, "libcaffesharp.so")));
        Assert.Empty(Directory.EnumerateFiles(folder, "*OpenCv*", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(folder, "libcaffesharp-without-*", SearchOption.AllDirectories));
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }
}
