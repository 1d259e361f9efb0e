using System.Numerics.Tensors;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Messages;

/// <summary>Fully connected layers made convolutions, against pycaffe's numbers for the net as it was.</summary>
public sealed class FullyConvolutionalTests : LeakGate
{
    private const string Classifier = """
        name: "Small CaffeNet"
        layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 2 dim: 3 dim: 19 dim: 19 } } }
        layer {
          name: "conv1" type: "Convolution" bottom: "data" top: "conv1"
          convolution_param { num_output: 6 kernel_size: 5 stride: 2 weight_filler { type: "gaussian" std: 0.2 } }
        }
        layer { name: "relu1" type: "ReLU" bottom: "conv1" top: "conv1" }
        layer {
          name: "pool1" type: "Pooling" bottom: "conv1" top: "pool1" pooling_param { pool: MAX kernel_size: 2 stride: 2 }
        }
        layer {
          name: "fc6" type: "InnerProduct" bottom: "pool1" top: "fc6"
          inner_product_param {
            num_output: 11 weight_filler { type: "gaussian" std: 0.1 } bias_filler { type: "uniform" min: -1 max: 1 }
          }
        }
        layer { name: "relu6" type: "ReLU" bottom: "fc6" top: "fc6" }
        layer {
          name: "fc7" type: "InnerProduct" bottom: "fc6" top: "fc7"
          inner_product_param { num_output: 7 transpose: true bias_term: false weight_filler { type: "gaussian" std: 0.3 } }
        }
        layer { name: "prob" type: "Softmax" bottom: "fc7" top: "prob" }
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Convolutions_give_the_numbers_that_pycaffe_gives_for_the_fully_connected_net()
    {
        using Net original = Net.FromText(Classifier, new NetOptions { Seed = 11 });
        string weights = _folder.File("small.caffemodel");
        original.Save(weights);
        Span<float> input = original.Blobs["data"].MutableData.Span;
        for (int index = 0; index < input.Length; index++)
        {
            input[index] = MathF.Sin(index * 0.37f);
        }

        string data = _folder.File("data.npy");
        original.Blobs["data"].SaveNpy(data);
        IReadOnlyDictionary<string, Tensor<float>> expected = Pycaffe.Forward(
            "--prototxt", _folder.Write("small.prototxt", Classifier), "--weights", weights, "--input", $"data={data}");

        NetParameter converted = FullyConvolutional.From(BinaryProto.ReadFile<NetParameter>(weights));
        Assert.Equal("Convolution", converted.FindLayer("fc6-conv").Type);
        Assert.Equal("Convolution", converted.FindLayer("fc7-conv").Type);
        Assert.Equal([11L, 6, 4, 4], converted.FindLayer("fc6-conv").Blobs[0].Shape.Dim);
        using Net net = Net.FromParameter(converted);
        original.Blobs["data"].Data.Span.CopyTo(net.Blobs["data"].MutableData.Span);
        net.Forward();

        Assert.Equal([2, 7, 1, 1], net.Blobs["prob"].Shape);
        foreach (string blob in (string[])["fc6", "fc7", "prob"])
        {
            float[] values = net.Blobs[blob].Data.Span.ToArray();
            float[] wanted = expected[$"data/{blob}"].Values();
            Assert.Equal(wanted.Length, values.Length);
            for (int index = 0; index < values.Length; index++)
            {
                Assert.Equal(wanted[index], values[index], 2e-5f);
            }
        }
    }

    [Fact]
    public void Converted_net_makes_a_map_of_a_larger_input()
    {
        using Net original = Net.FromText(Classifier, new NetOptions { Seed = 11 });
        using Net net = Net.FromParameter(FullyConvolutional.From(original.ToParameter()));
        net.Blobs["data"].Reshape(1, 3, 35, 43);
        net.Reshape();
        net.Forward();
        Assert.Equal([1, 7, 5, 7], net.Blobs["prob"].Shape);
    }

    [Fact]
    public void Definition_without_weights_is_converted_too()
    {
        NetParameter net = Prototxt.Parse<NetParameter>(Classifier);
        NetParameter converted = FullyConvolutional.From(net, suffix: string.Empty);
        Assert.Equal("Convolution", converted.FindLayer("fc6").Type);
        Assert.Equal([4u], converted.FindLayer("fc6").ConvolutionParam.KernelSize);
        Assert.Empty(converted.FindLayer("fc6").Blobs);
        Assert.False(converted.FindLayer("fc7").ConvolutionParam.BiasTerm);
        Assert.Equal("InnerProduct", net.FindLayer("fc6").Type);
    }

    [Fact]
    public void Layer_that_multiplies_along_another_axis_is_refused()
    {
        NetParameter net = Prototxt.Parse<NetParameter>(Classifier);
        net.FindLayer("fc6").InnerProductParam.Axis = 2;
        CaffeException error = Assert.Throws<CaffeException>(() => FullyConvolutional.From(net));
        Assert.Equal((CaffeErrorKind.Check, "fc6"), (error.Kind, error.LayerName));
        Assert.Contains("axis 2", error.Message, StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }
}
