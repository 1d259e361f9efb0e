using System.Numerics.Tensors;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Community;
using CaffeSharp.Tests.ManagedLayers;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.LayerTypes;

/// <summary>Every layer type is made through the specification and runs, with the gradient it should have and the numbers of
/// pycaffe's.</summary>
public sealed class LayerTypeTests : LeakGate
{
    private const uint Seed = 20180821;
    private readonly ITestOutputHelper _output;

    public LayerTypeTests(ITestOutputHelper output)
    {
        _output = output;
        CaffeSharp.ManagedLayers.Register<AffineLayer>("tests", "Affine");
    }

    public static TheoryData<string> Cases =>
        [.. LayerCases.All.Where(one => CaffeRuntime.LayerTypes.Contains(one.Type)).Select(one => one.Name)];

    [Fact]
    public void Every_type_that_is_registered_is_in_the_table()
    {
        List<string> missing = [.. CaffeRuntime.LayerTypes.Except(
            LayerCases.All.Select(one => one.Type).Concat(LayerCases.Elsewhere.Keys).Concat(ForkCase.All.Select(one => one.Type)))];
        if (Path.IsPathRooted(CaffeRuntime.BuildInfo.CaffeSource))
        {
            // The types of a user's own tree are the user's to test.
            missing.ForEach(type => _output.WriteLine($"Not covered: {type}, of {CaffeRuntime.BuildInfo.CaffeSource}"));
            return;
        }

        Assert.Empty(missing);
        Assert.Equal(LayerCases.All.Count, LayerCases.All.DistinctBy(one => one.Name).Count());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Type_runs_forward_and_its_gradient_is_that_of_its_values(string name)
    {
        LayerCase subject = LayerCases.All.Single(one => one.Name == name);
        using Net net = Net.FromParameter(subject.Net(), new() { Seed = Seed });
        subject.Feed(net);
        net.Forward();
        Assert.Equal(subject.Type, net.Layers[name].Type);
        Assert.All(net.Layers[name].Tops, top => Assert.True(top.Count > 0));
        Assert.All(net.Layers[name].Tops, top => Assert.DoesNotContain(top.ToArray(), value => !float.IsFinite(value)));
        net.Backward();
        string[] learnt = subject.Learnt(net);
        if (learnt.Length == 0)
        {
            Assert.False(subject.HasGradient);
            return;
        }

        GradientReport report = new GradientChecker { Threshold = subject.Threshold }.Check(net, name, learnt);
        Assert.True(report.Passed, $"{report.LargestError}: {string.Join(", ", report.Differences.Take(5))}");
        Assert.True(report.CheckedValues >= subject.Inputs.Where(input => input.IsLearnt).Sum(input => input.ToArray(0).Length));
    }

    [Fact]
    public void All_types_in_one_net_give_pycaffes_values_and_gradients()
    {
        NetParameter definition = new() { Name = "All" };
        List<LayerCase> cases = [.. LayerCases.All.Where(one => one.IsCaffes && CaffeRuntime.LayerTypes.Contains(one.Type))];
        cases.ForEach(one => definition.Layer.Add(one.Net().Layer));
        using TemporaryFolder folder = new();
        string prototxt = folder.File("all.prototxt");
        Prototxt.WriteFile(prototxt, definition);
        using Net net = Net.FromFile(prototxt, new() { Seed = Seed });
        cases.ForEach(one => one.Feed(net));
        net.Save(folder.File("all.caffemodel"));
        float loss = net.Forward();
        Assert.True(float.IsFinite(loss));

        // With a slope of one everywhere the gradient of a Softmax would be nothing but rounding.
        List<string> arguments = [];
        foreach (Blob top in cases.Where(one => one.HasGradient && !one.IsLoss).SelectMany(one => net.Layers[one.Name].Tops))
        {
            float[] slope = [.. Enumerable.Range(0, top.Count).Select(index => MathF.Sin(index + 1))];
            slope.CopyTo(top.MutableDiff.Span);
            Npy.Write(folder.File($"{top.Name}.npy"), slope, top.Shape);
            arguments.AddRange("--diff", $"{top.Name}={folder.File($"{top.Name}.npy")}");
        }

        net.Backward();

        IReadOnlyDictionary<string, Tensor<float>> expected = Pycaffe.Forward(
            ["--prototxt", prototxt, "--weights", folder.File("all.caffemodel"), "--backward", .. arguments]);
        NetDifference difference = NetDifference.Between(net, expected);
        _output.WriteLine(difference.ToString());
        Assert.True(difference.Compared > 3 * cases.Count);
        Assert.True(difference.Largest <= 1e-5, difference.ToString());
    }

    [Fact]
    public void Hdf5_layers_write_and_read_the_same_rows()
    {
        using TemporaryFolder folder = new();
        string file = folder.File("rows.h5");
        NetSpec writing = new();
        writing["x"] = L.Input(shape: Shape.Of(4, 3));
        writing["y"] = L.Input(shape: Shape.Of(4));
        writing.Add("out", L.HDF5Output([writing["x"], writing["y"]], fileName: file, ntop: 0));
        float[] rows = [.. Enumerable.Range(0, 12).Select(value => value / 8f)];
        using (Net writer = Net.FromParameter(writing.ToProto()))
        {
            writer.Inputs["x"].CopyFrom(rows);
            writer.Inputs["y"].CopyFrom([3, 2, 1, 0]);
            writer.Forward();
        }

        NetSpec reading = new();
        (reading["data"], reading["label"]) = L.HDF5Data(
            source: folder.Write("list.txt", file + "\n"), batchSize: 3, ntop: 2);
        using Net reader = Net.FromParameter(reading.ToProto());
        reader.Forward();
        Assert.Equal(rows[..9], reader.Blobs["data"].ToArray());
        Assert.Equal([3, 2, 1], reader.Blobs["label"].ToArray());
        reader.Forward();
        Assert.Equal([.. rows[9..], .. rows[..6]], reader.Blobs["data"].ToArray());
        reader.Backward();
    }

    [Fact]
    public void Data_layer_reads_the_records_of_a_store()
    {
        using TemporaryFolder folder = new();
        using (DatumStore store = DatumStore.Create(folder.File("store")))
        {
            store.Put("0", DatumArrays.FromBytes([1, 2, 3, 4], 1, 2, 2, label: 7));
            store.Put("1", DatumArrays.FromFloats([0.5f, 1.5f, 2.5f, 3.5f], 1, 2, 2, label: 8));
        }

        NetSpec spec = new();
        (spec["data"], spec["label"]) = L.Data(
            source: folder.File("store"), backend: P.Data.Lmdb, batchSize: 3, transformParam: new() { Scale = 2 }, ntop: 2);
        using Net net = Net.FromParameter(spec.ToProto());
        net.Forward();
        Assert.Equal([2, 4, 6, 8, 1, 3, 5, 7, 2, 4, 6, 8], net.Blobs["data"].ToArray());
        Assert.Equal([7, 8, 7], net.Blobs["label"].ToArray());
        net.Backward();
    }

    [Fact]
    public void MemoryData_layer_takes_arrays()
    {
        NetSpec spec = new();
        (spec["data"], spec["label"]) = L.MemoryData(batchSize: 2, channels: 1, height: 1, width: 3, ntop: 2);
        using Net net = Net.FromParameter(spec.ToProto());
        net.SetInputArrays([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [0, 1, 2, 3]);
        net.Forward();
        net.Forward();
        Assert.Equal([7, 8, 9, 10, 11, 12], net.Blobs["data"].ToArray());
        Assert.Equal([2, 3], net.Blobs["label"].ToArray());
        net.Backward();
    }

    [Fact]
    public void Image_layers_read_a_photo()
    {
        string photo = Originals.Path("images", "astronaut.png");
        using TemporaryFolder folder = new();
        NetSpec spec = new();
        (spec["image"], spec["label"]) = L.ImageData(
            source: folder.Write("images.txt", $"{photo} 5\n"), batchSize: 1, newHeight: 24, newWidth: 32, ntop: 2);
        string windows = folder.Write("windows.txt", $"# 0\n{photo}\n3 512 512\n2\n4 0.9 175 60 270 190\n0 0 10 400 60 500\n");
        (spec["window"], spec["class"]) = L.WindowData(
            source: windows, batchSize: 4, fgFraction: 0.5f, transformParam: new() { CropSize = 20 }, ntop: 2);
        using Net net = Net.FromParameter(spec.ToProto(), new() { Phase = Phase.Train, Seed = Seed });
        net.Forward();
        Assert.Equal([1, 3, 24, 32], net.Blobs["image"].Shape.ToArray());
        Assert.Equal([5], net.Blobs["label"].ToArray());
        Assert.Equal([4, 3, 20, 20], net.Blobs["window"].Shape.ToArray());
        Assert.Equal([0, 0, 4, 4], net.Blobs["class"].ToArray().Order());
        foreach (string name in (string[])["image", "window"])
        {
            float[] pixels = net.Blobs[name].ToArray();
            Assert.All(pixels, pixel => Assert.InRange(pixel, 0, 255));
            Assert.True(pixels.Max() - pixels.Min() > 100);
        }

        net.Backward();
    }
}
