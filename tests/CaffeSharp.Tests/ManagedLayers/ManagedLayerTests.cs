using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.ManagedLayers;

/// <summary>What layers in C# receive, may do, and leave behind.</summary>
[Collection(AloneCollection.Name)]
public sealed class ManagedLayerTests : LeakGate
{
    private const string Affine = """
        name: "Line"
        force_backward: true
        layer { name: "data" type: "Input" top: "x" input_param { shape { dim: 2 dim: 3 } } }
        layer { name: "line" type: "Managed" bottom: "x" top: "y"
                python_param { module: "tests" layer: "Affine" param_str: "2" } }
        """;

    private const string Copy = """
        force_backward: true
        layer { name: "data" type: "Input" top: "x" input_param { shape { dim: 2 dim: 3 } } }
        layer { name: "copy" type: "Python" bottom: "x" top: "y" python_param { module: "tests" layer: "Copy" } }
        """;

    public ManagedLayerTests() => CaffeSharp.ManagedLayers.Register<AffineLayer>("tests", "Affine");

    public static TheoryData<string, int> Failures => new()
    {
        { "SetUp", 1 }, { "SetUp", 1000 }, { "Reshape", 1 }, { "Reshape", 1000 },
        { "Forward", 1 }, { "Forward", 1000 }, { "Backward", 1 }, { "Backward", 1000 },
    };

    [Fact]
    public void Both_types_are_known() => Assert.Superset(
        new HashSet<string> { "Python", "Managed" }, new HashSet<string>(CaffeRuntime.LayerTypes));

    [Fact]
    public void Layer_with_parameters_runs_forward_and_backward()
    {
        using Net net = Net.FromText(Affine);
        net.Inputs["x"].CopyFrom([1, 2, 3, 4, 5, 6]);
        net.Forward();
        Assert.Equal([2.5f, 4.5f, 6.5f, 8.5f, 10.5f, 12.5f], net.Blobs["y"].ToArray());

        net.Blobs["y"].MutableDiff.Span.Fill(1);
        net.Backward();
        Assert.Equal(21, net.Parameters["line"][0].Diff[0]);
        Assert.Equal(6, net.Parameters["line"][1].Diff[0]);
        Assert.Equal([2, 2, 2, 2, 2, 2], net.Blobs["x"].Diff.Span.ToArray());
    }

    [Fact]
    public void Layer_follows_new_shapes()
    {
        using Net net = Net.FromText(Affine);
        net.Inputs["x"].Reshape(1, 4, 5, 6);
        net.Forward();
        Assert.Equal([1, 4, 5, 6], net.Blobs["y"].Shape.ToArray());
        Assert.Equal(0.5f, net.Blobs["y"].Data[0, 3, 4, 5]);
    }

    [Fact]
    public void Parameters_are_saved_loaded_and_shared()
    {
        using TemporaryFolder folder = new();
        using Net first = Net.FromText(Affine);
        using Net second = Net.FromText(Affine);
        first.Parameters["line"][0].CopyFrom([7]);
        first.Save(folder.File("line.caffemodel"));
        Assert.Equal(["line"], second.CopyFrom(folder.File("line.caffemodel")).CopiedLayers);
        Assert.Equal(7, second.Parameters["line"][0].Data[0]);

        second.ShareWith(first);
        first.Parameters["line"][0].CopyFrom([11]);
        second.Inputs["x"].CopyFrom([1, 0, 0, 0, 0, 0]);
        second.Forward();
        Assert.Equal(11.5f, second.Blobs["y"].Data[0, 0]);
    }

    [Theory]
    [InlineData(Phase.Train)]
    [InlineData(Phase.Test)]
    public void Layer_knows_itself(Phase phase)
    {
        AffineLayer? made = null;
        CaffeSharp.ManagedLayers.Register("tests", "Known", () => made = new AffineLayer());
        using Net net = Net.FromText(Affine.Replace("\"Affine\"", "\"Known\"", StringComparison.Ordinal), new() { Phase = phase });
        Assert.NotNull(made);
        Assert.Equal(
            ("line", "Managed", "tests", "Known", "2", phase),
            (made.Name, made.Type, made.Module, made.ClassName, made.ParameterString, made.Phase));
        Assert.Contains("param_str: \"2\"", made.Definition, StringComparison.Ordinal);
        Assert.Equal(["line[0]", "line[1]"], made.Parameters.Select(blob => blob.Name));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void Exception_surfaces_as_itself_with_its_layer_and_the_net_stays_usable(string method, int call)
    {
        InvalidOperationException thrown = new("on purpose");
        int calls = 0;
        RegisterCopy((name, _) =>
        {
            if (name == method && ++calls == call)
            {
                throw thrown;
            }
        });
        Net? net = null;
        try
        {
            Exception? caught = null;
            for (int run = 0; run < call && caught is null; run++)
            {
                if (method == "SetUp")
                {
                    net?.Dispose();
                    net = null;
                }

                caught = Record.Exception(() => Run(net ??= Net.FromText(Copy)));
            }

            Assert.Same(thrown, caught);
            Assert.Equal("copy", caught!.Data[ManagedLayer.FailedLayerKey]);
            net ??= Net.FromText(Copy);
            net.Inputs["x"].CopyFrom([1, 2, 3, 4, 5, 6]);
            Run(net);
            Assert.Equal([1, 2, 3, 4, 5, 6], net.Blobs["y"].ToArray());
        }
        finally
        {
            net?.Dispose();
        }
    }

    [Fact]
    public void Exception_surfaces_from_a_solvers_step_as_itself_and_training_continues()
    {
        InvalidOperationException thrown = new("on purpose");
        int calls = 0;
        RegisterCopy((name, _) =>
        {
            if (name == "Backward" && ++calls == 3)
            {
                throw thrown;
            }
        });
        using Solver solver = Solver.FromText(
            "net_param { " + Copy + " layer { name: 'loss' type: 'EuclideanLoss' bottom: 'y' bottom: 'x' top: 'loss' } } " +
            "base_lr: 0.1 lr_policy: 'fixed' max_iter: 10 snapshot_after_train: false");
        Exception? caught = Record.Exception(() => solver.Step(5));
        Assert.Same(thrown, caught);
        Assert.Equal("copy", caught!.Data[ManagedLayer.FailedLayerKey]);
        Assert.Equal(2, solver.Iteration);
        solver.Step(3);
        Assert.Equal(5, solver.Iteration);
    }

    [Fact]
    public void Exception_of_a_factory_surfaces_as_itself()
    {
        NotSupportedException thrown = new("no such layer today");
        CaffeSharp.ManagedLayers.Register("tests", "Unmakeable", () => throw thrown);
        Assert.Same(thrown, Record.Exception(() => Net.FromText(With("Unmakeable"))));
    }

    [Fact]
    public void Unregistered_class_is_named_with_its_place_and_the_nearest()
    {
        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromText(With("Afine"), name: "line.prototxt"));
        Assert.Equal(
            "line.prototxt:3: layer 'copy' (Python): no C# class is registered for 'tests.Afine' (python_param); register " +
            "it with ManagedLayers.Register before the net is made. Did you mean 'tests.Affine'?", error.Message);
        Assert.Equal((CaffeErrorKind.Format, "copy", 3), (error.Kind, error.LayerName, error.Line));
    }

    [Fact]
    public void One_object_cannot_be_two_layers()
    {
        AffineLayer only = new();
        CaffeSharp.ManagedLayers.Register("tests", "Only", () => only);
        string prototxt = Affine.Replace("\"Affine\"", "\"Only\"", StringComparison.Ordinal);
        using Net net = Net.FromText(prototxt);
        Assert.Contains(
            "each layer requires its own object",
            Assert.Throws<InvalidOperationException>(() => Net.FromText(prototxt)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blobs_are_lent_for_the_call_alone()
    {
        Blob? kept = null;
        RegisterCopy((_, bottoms) => kept = bottoms[0]);
        using Net net = Net.FromText(Copy);
        net.Forward();
        Assert.Contains(
            "lent to layer 'copy' for one call", Assert.Throws<ObjectDisposedException>(() => kept!.Data.Length).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Method_may_run_another_net_and_not_its_own()
    {
        using Net other = Net.FromText(Affine);
        Net? own = null;
        CaffeErrorKind? refused = null;
        RegisterCopy((method, _) =>
        {
            if (method == "Forward")
            {
                other.Forward();
                refused = Assert.Throws<CaffeException>(() => own!.Forward()).Kind;
            }
        });
        using Net net = Net.FromText(Copy);
        own = net;
        net.Forward();
        Assert.Equal(CaffeErrorKind.Busy, refused);
        Assert.Equal(0.5f, other.Blobs["y"].Data[0, 0]);
    }

    [Fact]
    public void Layer_survives_collections_and_ends_once_with_its_net_on_any_thread()
    {
        int disposed = 0;
        CaffeSharp.ManagedLayers.Register("tests", "Copy", () => new DelegateLayer
        {
            Before = (_, _) => GC.Collect(2, GCCollectionMode.Forced, blocking: true),
            Disposed = () => Interlocked.Increment(ref disposed),
        });
        Net net = Net.FromText(Copy);
        Blob top = net.Blobs["y"];
        for (int run = 0; run < 20; run++)
        {
            Run(net);
        }

        Assert.Equal(0, disposed);
        Thread other = new(net.Dispose);
        other.Start();
        other.Join();
        net.Dispose();
        Assert.Equal(1, disposed);
        Assert.Throws<ObjectDisposedException>(() => top.Data.Length);
    }

    [Fact]
    public void Failed_disposal_of_a_layer_is_logged()
    {
        RecordingLogger logger = new();
        CaffeRuntime.UseLogger(logger);
        try
        {
            CaffeSharp.ManagedLayers.Register(
                "tests", "Copy", () => new DelegateLayer { Disposed = () => throw new IOException("stuck") });
            Net.FromText(Copy).Dispose();
        }
        finally
        {
            CaffeRuntime.UseLogger(null);
        }

        Assert.Contains(logger.Lines, line => line.Text.Contains(
            "Layer 'copy' was not disposed cleanly: System.IO.IOException: stuck", StringComparison.Ordinal));
    }

    [Fact]
    public void Many_threads_run_nets_with_their_own_layers()
    {
        Parallel.For(0, 4, thread =>
        {
            using Net net = Net.FromText(Affine);
            for (int run = 1; run <= 200; run++)
            {
                net.Inputs["x"].MutableData.Span.Fill(thread + run);
                net.Forward();
                Assert.Equal((2 * (thread + run)) + 0.5f, net.Blobs["y"].Data[1, 2]);
            }
        });
    }

    [Fact]
    public void Gradient_check_passes_a_right_layer_and_restores_its_values()
    {
        using Net net = Net.FromText(Affine);
        net.Inputs["x"].CopyFrom([1, -2, 3, -4, 5, -6]);
        GradientReport report = new GradientChecker().Check(net, "line");
        Assert.True(report.Passed, string.Join(", ", report.Differences));
        Assert.Equal(8, report.CheckedValues);
        Assert.Equal([1, -2, 3, -4, 5, -6], net.Inputs["x"].ToArray());
        Assert.Equal(2, net.Parameters["line"][0].Data[0]);
        Assert.Equal(0, net.Parameters["line"][0].Diff[0]);
    }

    [Fact]
    public void Gradient_check_finds_a_wrong_gradient()
    {
        CaffeSharp.ManagedLayers.Register("tests", "Copy", () => new DelegateLayer { GradientFactor = 1.1f });
        using Net net = Net.FromText(Copy);
        GradientReport report = new GradientChecker().Check(net, "copy");
        Assert.False(report.Passed);
        GradientDifference first = report.Differences[0];
        Assert.Equal(("x", 1.1), (first.Blob, Math.Round(first.Analytic / first.Numeric, 3)));
        Assert.Contains("no bottom or parameter 'z'; it has x", Assert.Throws<ArgumentException>(
            () => new GradientChecker().Check(net, "copy", "z")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradient_check_says_where_no_gradient_goes()
    {
        RegisterCopy(null);
        using Net net = Net.FromText(Copy.Replace("force_backward: true", string.Empty, StringComparison.Ordinal));
        Assert.Contains("force_backward: true", Assert.Throws<InvalidOperationException>(
            () => new GradientChecker().Check(net, "copy")).Message, StringComparison.Ordinal);
    }

    private static void Run(Net net)
    {
        net.Forward();
        net.Backward();
    }

    private static void RegisterCopy(Action<string, IReadOnlyList<Blob>>? before) =>
        CaffeSharp.ManagedLayers.Register("tests", "Copy", () => new DelegateLayer { Before = before });

    private static string With(string layer) => Copy.Replace("\"Copy\"", $"\"{layer}\"", StringComparison.Ordinal);
}
