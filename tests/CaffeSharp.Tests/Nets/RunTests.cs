using System.Numerics.Tensors;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Nets;

/// <summary>Net.Run: tensors in, tensors out.</summary>
public sealed class RunTests : LeakGate
{
    // Two builds with two BLAS libraries agree to rounding.
    private const double Tolerance = 1e-5;

    public static TheoryData<string, Engine, int[]> OriginalNets => new()
    {
        { "12net", Engine.Caffe, [2, 3, 40, 30] },
        { "12net", Engine.Accelerated, [2, 3, 40, 30] },
        { "24net", Engine.Caffe, [3, 3, 24, 24] },
        { "24net", Engine.Accelerated, [3, 3, 24, 24] },
        { "48net", Engine.Accelerated, [2, 3, 48, 48] },
    };

    [Theory]
    [MemberData(nameof(OriginalNets))]
    public void Outputs_of_an_original_net_when_run_then_are_pycaffes(string name, Engine engine, int[] shape)
    {
        string prototxt = Originals.Path("models", "reference", name, $"{name}.prototxt");
        string weights = Originals.Path("models", "reference", name, $"{name}.caffemodel");
        using TemporaryFolder folder = new();
        Tensor<float> images = Faces(shape);
        Npy.Write(folder.File("data.npy"), images);
        IReadOnlyDictionary<string, Tensor<float>> expected = Pycaffe.Forward(
            "--prototxt", prototxt, "--weights", weights, "--input", $"data={folder.File("data.npy")}");
        using Net net = Net.FromFile(prototxt, weights, new() { Engine = engine });

        IReadOnlyDictionary<string, Tensor<float>> outputs = net.Run(new Dictionary<string, Tensor<float>> { ["data"] = images });

        Assert.Equal(net.Outputs.Names, outputs.Keys);
        Assert.Contains("prob1", outputs.Keys);
        foreach ((string output, Tensor<float> tensor) in outputs)
        {
            Assert.Equal(expected[$"data/{output}"].Shape(), tensor.Shape());
            Assert.InRange(Close.Difference(expected[$"data/{output}"].Values(), tensor.Values()), 0, Tolerance);
        }

        Assert.Equal(shape, net.Inputs["data"].Shape.ToArray());
        float best = outputs["prob1"].Rank == 4 ? outputs["prob1"][1, 1, 0, 0] : outputs["prob1"][1, 1];
        Assert.Equal(outputs["prob1"].Rank == 4 ? net.Blobs["prob1"].Data[1, 1, 0, 0] : net.Blobs["prob1"].Data[1, 1], best);
    }

    [Fact]
    public async Task Net_of_one_input_when_run_on_a_tensor_or_a_span_then_gives_what_the_named_input_gives()
    {
        using Net net = Net.FromFile(Originals.Net24, Originals.Weights24);
        Tensor<float> images = Faces(2, 3, 24, 24);
        float[] expected = net.Run(new Dictionary<string, Tensor<float>> { ["data"] = images })["prob1"].Values();
        Assert.NotEqual(expected[0], expected[2]);

        Assert.Equal(expected, net.Run(images)["prob1"].Values());
        Assert.Equal(expected, net.Run(new ReadOnlyTensorSpan<float>(images.Values(), [2, 3, 24, 24]))["prob1"].Values());
        Assert.Equal(expected, net.Run(net.Inputs[0].Data.AsTensorSpan())["prob1"].Values());
        Assert.Equal(expected, (await net.RunAsync(images))["prob1"].Values());
        Assert.Equal(expected, (await net.RunAsync(new Dictionary<string, Tensor<float>> { ["data"] = images }))["prob1"].Values());
    }

    [Fact]
    public void Tensor_that_is_not_dense_when_run_then_is_read_in_its_own_order()
    {
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        Tensor<float> image = Faces(1, 3, 30, 40);
        Tensor<float> crop = image.Slice([0..1, 0..3, 4..24, 10..26]);
        Assert.False(crop.IsDense);
        float[] cropped = new float[3 * 20 * 16];
        int at = 0;
        for (int channel = 0; channel < 3; channel++)
        {
            for (int row = 4; row < 24; row++)
            {
                for (int column = 10; column < 26; column++)
                {
                    cropped[at++] = image[0, channel, row, column];
                }
            }
        }

        float[] expected = net.Run(Tensor.Create(cropped, [1, 3, 20, 16]))["prob1"].Values();
        Assert.Equal(expected, net.Run(crop)["prob1"].Values());
        Assert.Equal(expected, net.Run(new Dictionary<string, Tensor<float>> { ["data"] = crop })["prob1"].Values());
        Assert.Equal(cropped, net.Inputs[0].ToArray());

        // Rows, columns and channels, as most images lie in memory.
        Tensor<float> interleaved = Tensor.PermuteDimensions(Tensor.Create(cropped, [3, 20, 16]), [1, 2, 0]).ToDenseTensor();
        Tensor<float> planes = Tensor.Unsqueeze(Tensor.PermuteDimensions(interleaved, [2, 0, 1]), 0);
        Assert.Equal([1, 3, 20, 16], planes.Shape());
        Assert.Equal(expected, net.Run(planes)["prob1"].Values());

        // One image, as often as a stride of 0 says.
        float[] twice = net.Run(Tensor.Create(cropped, [2, 3, 20, 16], [0, 320, 16, 1]))["prob1"].Values();
        Assert.Equal([.. expected, .. expected], twice);
    }

    [Fact]
    public void Batches_of_rows_that_are_not_dense_when_run_by_ForwardAll_then_give_the_same()
    {
        using Net net = Net.FromFile(Originals.Net24, Originals.Weights24);
        net.Inputs[0].Reshape(2, 3, 24, 24);
        Tensor<float> all = Faces(6, 3, 24, 24);
        Tensor<float> middle = all.Slice([1..4, 0..3, 0..24, 0..24]);
        Tensor<float> mirrored = Tensor.PermuteDimensions(middle, [0, 1, 3, 2]);
        Assert.False(mirrored.IsDense);

        float[] straight = net.ForwardAll(new Dictionary<string, Tensor<float>> { ["data"] = middle })["prob1"].Values();
        float[] turned = net.ForwardAll(new Dictionary<string, Tensor<float>> { ["data"] = mirrored })["prob1"].Values();

        Assert.Equal(net.Run(middle)["prob1"].Values(), straight);
        Assert.Equal(net.Run(mirrored.ToDenseTensor())["prob1"].Values(), turned);
        Assert.NotEqual(straight, turned);
    }

    [Fact]
    public void Outputs_when_the_net_runs_again_and_ends_then_stay_as_they_are()
    {
        Tensor<float> first;
        float[] values;
        using (Net net = Net.FromText(SmallNets.InnerProduct))
        {
            net.Parameters["ip"][0].CopyFrom([1, 2, 3, 4, 5, 6]);
            first = net.Run(Tensor.Create(new float[] { 10, 100 }, [1, 2]))["ip"];
            Assert.Equal([210.5f, 430.5f, 650.5f], first.Values());
            values = net.Run(Tensor.Create(new float[] { 1, 0, 0, 1 }, [2, 2]))["ip"].Values();
        }

        Assert.Equal([1.5f, 3.5f, 5.5f, 2.5f, 4.5f, 6.5f], values);
        Assert.Equal(430.5f, first[0, 1]);
        first[0, 1] = 7;
        Assert.Equal([210.5f, 7, 650.5f], first.Values());
    }

    [Fact]
    public void Input_of_another_shape_when_run_then_reshapes_the_net_and_makes_views_stale()
    {
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        Assert.Equal([1, 2, 1, 1], net.Run(Faces(1, 3, 12, 12))["prob1"].Shape());
        ReadOnlyBlobView view = net.Blobs["prob1"].Data;
        float probability = view[0, 1, 0, 0];

        Assert.Equal([1, 2, 10, 15], net.Run(Faces(1, 3, 30, 40))["prob1"].Shape());
        Assert.Throws<StaleBlobViewException>(() => view[0, 1, 0, 0]);
        Assert.Equal([1, 3, 30, 40], net.Inputs[0].Shape.ToArray());

        Assert.Equal(probability, net.Run(Faces(1, 3, 12, 12))["prob1"][0, 1, 0, 0]);
    }

    [Fact]
    public void Loss_and_several_inputs_when_run_then_are_given_by_name()
    {
        using Net net = Net.FromText(SmallNets.EuclideanLoss, new() { Phase = Phase.Train });
        net.Parameters["ip"][0].CopyFrom([1, 0, 0, 0, 1, 0, 0, 0, 1]);
        IReadOnlyDictionary<string, Tensor<float>> outputs = net.Run(new Dictionary<string, Tensor<float>>
        {
            ["right"] = Tensor.Create(new float[] { 0, 2, 3, 4, 5, 4 }, [2, 3]),
            ["left"] = Tensor.Create(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]),
        });

        Assert.Equal([1], outputs["loss"].Shape());
        Assert.Equal(1.25f, outputs["loss"][0]);
        Tensor<float> one = Tensor.Create(new float[6], [2, 3]);
        Assert.Contains(
            "The net 'Distance' has 2 inputs (left, right); give their tensors by name.",
            Assert.Throws<ArgumentException>(() => net.Run(one)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_that_do_not_fit_when_run_then_are_refused_by_name_and_nothing_changes()
    {
        SharedFolder.RequireOriginals();
        using Net net = Net.FromFile(Originals.Net24, Originals.Weights24);
        net.Inputs["data"].Reshape(1, 3, 24, 24);
        net.Inputs["data"].CopyFrom(Photo.Face(24, 24));
        Tensor<float> good = Faces(1, 3, 24, 24);

        Refused("'date' (1 x 3 x 24 x 24) is not an input of net '24Net'. Did you mean 'data'? Its inputs are: data (1 x 3 x 24 x 24).", ("date", good));
        Refused("There is no tensor for the input 'data' (1 x 3 x 24 x 24) of net '24Net'. Given are: none.");
        Refused("'prob1' (1 x 3 x 24 x 24) is not an input", ("data", good), ("prob1", good));
        Refused(
            "The tensor for the input 'data' (1 x 3 x 24 x 24) of net '24Net' is 3 x 24 x 24: it has 3 axes, and the input has 4. " +
            "Tensor.Unsqueeze adds an axis",
            ("data", Tensor.Create(new float[3 * 24 * 24], [3, 24, 24])));
        Refused("is 0 x 3 x 24 x 24, which is empty.", ("data", Tensor.CreateFromShape<float>([0, 3, 24, 24])));
        Refused("There is no tensor for the input 'data'", ("data", null!));
        Assert.Contains(
            "is 4: it has 1 axes", Assert.Throws<ArgumentException>(() => net.Run(new float[4])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "is without axes: it has 0 axes",
            Assert.Throws<ArgumentException>(() => net.Run(default(ReadOnlyTensorSpan<float>))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => net.Run((IReadOnlyDictionary<string, Tensor<float>>)null!));
        Assert.Equal([1, 3, 24, 24], net.Inputs["data"].Shape.ToArray());
        Assert.Equal(Photo.Face(24, 24), net.Inputs["data"].ToArray());

        using Net dummy = Net.FromText(
            "name: 'D' layer { name: 'd' type: 'DummyData' top: 'd' dummy_data_param { shape { dim: 2 } } }");
        Assert.Contains(
            "The net 'D' has no inputs", Assert.Throws<ArgumentException>(() => dummy.Run(good)).Message, StringComparison.Ordinal);

        void Refused(string words, params (string Name, Tensor<float> Tensor)[] inputs)
        {
            ArgumentException error = Assert.Throws<ArgumentException>(
                () => net.Run(inputs.ToDictionary(input => input.Name, input => input.Tensor)));
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
            Assert.Equal("inputs", error.ParamName);
        }
    }

    [Fact]
    public void Shape_that_a_layer_cannot_take_when_run_then_names_the_layer_and_the_next_run_is_well()
    {
        using Net net = Net.FromFile(Originals.Net24, Originals.Weights24);
        Tensor<float> good = Faces(1, 3, 24, 24);
        float[] expected = net.Run(good)["prob1"].Values();

        CaffeException error = Assert.Throws<CaffeException>(() => net.Run(Faces(1, 4, 24, 24)));

        Assert.Equal("conv1", error.LayerName);
        Assert.Equal(expected, net.Run(good)["prob1"].Values());
    }

    [Fact]
    public async Task Cancelled_run_when_awaited_then_stops_between_two_layers_and_the_net_is_free_again()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        net.Parameters["ip"][0].CopyFrom([1, 2, 3, 4, 5, 6]);
        Tensor<float> input = Tensor.Create(new float[] { 10, 100 }, [1, 2]);
        Dictionary<string, Tensor<float>> inputs = new() { ["data"] = input };
        using CancellationTokenSource source = new();
        List<string> ran = [];
        using (net.AfterForward(layer =>
        {
            ran.Add(layer.Name);
            source.Cancel();
        }))
        {
            Task<IReadOnlyDictionary<string, Tensor<float>>> running = net.RunAsync(inputs, source.Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
            Assert.True(running.IsCanceled);
            Assert.Equal(["data"], ran);
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => net.RunAsync(input, source.Token));
        Assert.Throws<OperationCanceledException>(() => net.Run(input, source.Token));
        Assert.Throws<OperationCanceledException>(() => net.Run(inputs, source.Token));
        Assert.Equal(["data"], ran);
        Tensor<float> output = (await net.RunAsync(inputs))["ip"];
        Assert.Equal([210.5f, 430.5f, 650.5f], output.Values());
    }

    [Fact]
    public async Task Net_that_runs_when_run_again_then_is_busy_and_one_that_is_disposed_says_so()
    {
        Net net = Net.FromText(SmallNets.InnerProduct);
        Tensor<float> input = Tensor.Create(new float[2], [1, 2]);
        using ManualResetEventSlim entered = new();
        using ManualResetEventSlim leave = new();
        using (net.BeforeForward(_ =>
        {
            entered.Set();
            leave.Wait();
        }))
        {
            Task running = net.RunAsync(input);
            entered.Wait();
            Assert.Equal(CaffeErrorKind.Busy, Assert.Throws<CaffeException>(() => net.Run(input)).Kind);
            Assert.Equal(CaffeErrorKind.Busy, (await Assert.ThrowsAsync<CaffeException>(() => net.RunAsync(input))).Kind);
            leave.Set();
            await running;
        }

        await Assert.ThrowsAsync<ArgumentException>(() => net.RunAsync(Tensor.Create(new float[2], [2])));
        net.Dispose();
        Assert.Throws<ObjectDisposedException>(() => net.Run(input));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => net.RunAsync(input));
    }

    private static Tensor<float> Faces(params int[] shape) => Tensor.Create(
        Photo.Batch(shape[0], shape[1], shape[2], shape[3]), Array.ConvertAll(shape, length => (nint)length));
}
