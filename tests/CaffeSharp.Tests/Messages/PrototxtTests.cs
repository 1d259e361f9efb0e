using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Messages;

/// <summary>Text format in and out.</summary>
public sealed class PrototxtTests : LeakGate
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Original_definition_is_read_field_by_field()
    {
        SharedFolder.RequireOriginals();
        NetParameter net = Prototxt.ReadFile<NetParameter>(Originals.Net12);

        LayerParameter conv = Assert.Single(net.Layer, layer => layer.Name == "conv1");
        Assert.Equal(("Convolution", 10u), (conv.Type, conv.ConvolutionParam.NumOutput));
        Assert.Equal([3u], conv.ConvolutionParam.KernelSize);
        Assert.Equal([1, 3, 12, 12], net.InputDim);
    }

    [Fact]
    public void Printed_message_is_what_protobuf_prints_in_python_and_reads_back_equal()
    {
        NetParameter net = Prototxt.ReadFile<NetParameter>(Originals.Net12);
        string printed = Prototxt.Print(net);

        string python = Pycaffe.Run(
            """
            from google.protobuf import text_format
            sys.path.insert(0, args[0])
            import oracle
            oracle.import_pycaffe()
            from caffe.proto import caffe_pb2
            sys.stdout.write(str(text_format.Merge(open(args[1]).read(), caffe_pb2.NetParameter())))
            """,
            Repository.Folder("tests", "pycaffe"),
            Originals.Net12);
        // Python writes whole floats with a decimal point, C++ without.
        Assert.Equal(python.Replace(".0\n", "\n", StringComparison.Ordinal), printed);
        Assert.Equal(net, Prototxt.Parse<NetParameter>(printed));
    }

    [Fact]
    public void Numbers_and_text_survive_the_way_out_and_in()
    {
        SolverParameter solver = new()
        {
            BaseLr = 0.1f,
            Momentum = 1f / 3,
            Net = "dossier/\u00e9t\u00e9 \"\\\n.prototxt",
            WeightDecay = float.MinValue,
            Delta = float.PositiveInfinity,
            SolverMode = SolverParameter.Types.SolverMode.Cpu,
        };
        string text = Prototxt.Print(solver);
        Assert.Contains("base_lr: 0.1\n", text, StringComparison.Ordinal);
        Assert.Contains("solver_mode: CPU\n", text, StringComparison.Ordinal);
        Assert.Contains("\u00e9t\u00e9", text, StringComparison.Ordinal);
        Assert.Equal(solver, Prototxt.Parse<SolverParameter>(text));
    }

    [Fact]
    public void File_is_written_whole_and_read_back()
    {
        SolverParameter solver = new() { Net = "net.prototxt", MaxIter = 3 };
        string path = _folder.File("solver.prototxt");
        Prototxt.WriteFile(path, solver);
        Assert.Equal(solver, Prototxt.ReadFile<SolverParameter>(path));
        Assert.Equal("max_iter: 3\nnet: \"net.prototxt\"\n", File.ReadAllText(path));
    }

    [Fact]
    public void Empty_text_is_a_message_without_fields() =>
        Assert.Equal(new NetParameter(), Prototxt.Parse<NetParameter>(string.Empty));

    [Theory]
    [InlineData("name: \"a\"\nlayer { nam: \"b\" }", 2, 9, "did you mean 'name'?")]
    [InlineData("layer { pooling_param { pool: MAXIMUM } }", 1, 39, "AVE, MAX")]
    [InlineData("layer {", 1, 8, "Expected")]
    [InlineData("name: 3", 1, 7, "Expected string")]
    public void Mistake_is_reported_with_line_column_and_a_hint(string text, int line, int column, string hint)
    {
        CaffeException error = Assert.Throws<CaffeException>(() => Prototxt.Parse<NetParameter>(text, "my.prototxt"));
        Assert.Equal(
            (CaffeErrorKind.Format, "my.prototxt", line, column), (error.Kind, error.Path, error.Line, error.Column));
        Assert.Contains($"my.prototxt:{line}:{column}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_cannot_be_read_says_why()
    {
        string missing = _folder.File("none.prototxt");
        CaffeException error = Assert.Throws<CaffeException>(() => Prototxt.ReadFile<NetParameter>(missing));
        Assert.Equal((CaffeErrorKind.NotFound, missing), (error.Kind, error.Path));
        error = Assert.Throws<CaffeException>(() => Prototxt.ReadFile<NetParameter>(_folder.Path));
        Assert.Equal(CaffeErrorKind.IO, error.Kind);
        error = Assert.Throws<CaffeException>(() => Prototxt.ReadFile<NetParameter>(Originals.Weights12));
        Assert.Equal(CaffeErrorKind.Format, error.Kind);
        Assert.Contains("binary", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Prototxt.ReadFile<NetParameter>(string.Empty));
    }

    [Fact]
    public void Required_field_that_is_not_set_is_named()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Prototxt.Print(new ClipParameter { Min = 0 }));
        Assert.Contains("required field max of a ClipParameter", error.Message, StringComparison.Ordinal);
        NetParameter net = new() { Layer = { new LayerParameter { ClipParam = new() { Max = 1 } } } };
        error = Assert.Throws<ArgumentException>(() => Prototxt.Print(net));
        Assert.Contains("required field min of a ClipParameter", error.Message, StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }
}
