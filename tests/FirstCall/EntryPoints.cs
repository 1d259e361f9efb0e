using CaffeSharp;
using CaffeSharp.Messages;
using Google.Protobuf;

namespace FirstCall;

/// <summary>The public constructors and static members of CaffeSharp that call the native half, and what they give for the files of the
/// folder that the tests write.</summary>
internal static class EntryPoints
{
    private static readonly Dictionary<string, Func<string, object>> s_calls = new()
    {
        ["Blob"] = _ =>
        {
            using Blob blob = new(2, 3);
            return blob.Count;
        },
        ["Blob.LoadNpy"] = folder =>
        {
            using Blob blob = Blob.LoadNpy(Path.Combine(folder, "array.npy"));
            return blob.Count;
        },
        ["CaffeRuntime.BlasThreads.get"] = _ => CaffeRuntime.BlasThreads >= 0,
        ["CaffeRuntime.BlasThreads.set"] = _ => CaffeRuntime.BlasThreads = 1,
        ["CaffeRuntime.BlobMemory"] = _ => CaffeRuntime.BlobMemory >= 0,
        ["CaffeRuntime.BlobMemoryLimit"] = _ => CaffeRuntime.BlobMemoryLimit = 1 << 30,
        ["CaffeRuntime.BuildInfo"] = _ => CaffeRuntime.BuildInfo.AbiVersion,
        ["CaffeRuntime.DeviceCount"] = _ => CaffeRuntime.DeviceCount >= 0,
        ["CaffeRuntime.InstructionSet"] = _ => Enum.IsDefined(CaffeRuntime.InstructionSet),
        ["CaffeRuntime.LayerTypes"] = _ => CaffeRuntime.LayerTypes.Contains("Convolution"),
        ["CaffeRuntime.NativeLibraryFile"] = _ => Path.GetFileName(CaffeRuntime.NativeLibraryFile),
        ["CaffeTimer"] = _ =>
        {
            using CaffeTimer timer = new();
            return timer.Device;
        },
        ["DatumImages.Decoded"] = folder =>
            new Datum { Encoded = true, Data = ByteString.CopyFrom(File.ReadAllBytes(Path.Combine(folder, "image.png"))) }.Decoded(),
        ["DatumStore.Append"] = folder =>
        {
            using DatumStore store = DatumStore.Append(Path.Combine(folder, "store"));
            return store.Backend;
        },
        ["DatumStore.Create"] = folder =>
        {
            using DatumStore store = DatumStore.Create(Path.Combine(folder, "new store"));
            return store.Backend;
        },
        ["DatumStore.Open"] = folder =>
        {
            using DatumStore store = DatumStore.Open(Path.Combine(folder, "store"));
            return store.ReadRecords().Single().Value.Label;
        },
        ["Hdf5.Read"] = folder => Hdf5.Read(Path.Combine(folder, "arrays.h5")).Keys.Single(),
        ["Net.FromFile"] = folder =>
        {
            using Net net = Net.FromFile(Path.Combine(folder, "net.prototxt"));
            return net.Name;
        },
        ["Net.FromParameter"] = _ =>
        {
            using Net net = Net.FromParameter(new NetParameter { Name = "made", Layer = { new LayerParameter { Name = "x", Type = "Input", Top = { "x" } } } });
            return net.Name;
        },
        ["Net.FromText"] = _ =>
        {
            using Net net = Net.FromText("name: 'text' layer { name: 'x' type: 'Input' top: 'x' }");
            return net.Name;
        },
        ["Net.FromText, ImageData"] = folder =>
        {
            using Net net = Net.FromText(
                $"layer {{ name: 'images' type: 'ImageData' top: 'x' top: 'y' image_data_param {{ source: '{folder}/images.txt' batch_size: 1 }} }}");
            return net.Forward();
        },
        ["Net.FromText, own codec"] = folder =>
        {
            CaffeRuntime.ImageCodec = new GrayCodec();
            using Net net = Net.FromText(
                $"layer {{ name: 'images' type: 'ImageData' top: 'x' top: 'y' image_data_param {{ source: '{folder}/images.txt' batch_size: 1 }} }}");
            net.Forward();
            return $"{net.Blobs["x"].Count} {net.Blobs["x"].Data[0, 0, 0, 0]}";
        },
        ["Prototxt.Parse"] = _ => Prototxt.Parse<NetParameter>("name: 'parsed'").Name,
        ["Prototxt.Print"] = _ => Prototxt.Print(new NetParameter { Name = "printed" }).Trim(),
        ["Prototxt.ReadFile"] = folder => Prototxt.ReadFile<NetParameter>(Path.Combine(folder, "net.prototxt")).Name,
        ["Solver.FromFile"] = folder =>
        {
            using Solver solver = Solver.FromFile(Path.Combine(folder, "solver.prototxt"));
            return solver.Iteration;
        },
        ["Solver.FromParameter"] = folder =>
        {
            using Solver solver = Solver.FromParameter(
                new SolverParameter { Net = Path.Combine(folder, "net.prototxt"), BaseLr = 1, LrPolicy = "fixed", SnapshotAfterTrain = false });
            return solver.Iteration;
        },
        ["Solver.FromText"] = folder =>
        {
            using Solver solver = Solver.FromText(File.ReadAllText(Path.Combine(folder, "solver.prototxt")));
            return solver.Iteration;
        },
        ["UpgradeProto.Net"] = _ => UpgradeProto.Net(new NetParameter { Name = "upgraded" }).Name,
        ["UpgradeProto.Solver"] = _ => UpgradeProto.Solver(new SolverParameter { BaseLr = 0.5f }).BaseLr,
    };

    internal static IEnumerable<string> Names => s_calls.Keys;

    internal static object Call(string name, string folder) => s_calls[name](folder);
}
