using System.Globalization;
using System.Text.Json;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Specification;

/// <summary>Coordinate maps are pycaffe's exactly, and refused where pycaffe refuses them.</summary>
public sealed class CoordinateMapTests : LeakGate
{
    private static readonly Lazy<JsonElement> s_pycaffe = new(() =>
        JsonDocument.Parse(Pycaffe.RunScript("coord_map.py")).RootElement);

    private readonly Top _data = L.Input(shape: Shape.Of(2, 1, 100, 100));

    [Theory]
    [InlineData("same")]
    [InlineData("stacked")]
    [InlineData("stacked_back")]
    [InlineData("uneven")]
    [InlineData("dilated")]
    [InlineData("pointwise")]
    [InlineData("branches")]
    [InlineData("sum_of_two")]
    [InlineData("cropped")]
    public void Map_is_pycaffes(string name)
    {
        JsonElement expected = s_pycaffe.Value.GetProperty(name);
        (Top from, Top to) = Tops(name);
        CoordinateMap map = CoordinateMap.Between(from, to);
        Assert.Equal(expected[0].ValueKind == JsonValueKind.Null ? null : expected[0].GetInt32(), map.Axis);
        Assert.Equal(expected[1].EnumerateArray().Select(value => value.GetDouble()), map.Scale);
        Assert.Equal(expected[2].EnumerateArray().Select(value => value.GetDouble()), map.Shift);
    }

    [Theory]
    [InlineData("other_axis", "AxisMismatchException", "axis 2")]
    [InlineData("through_pixels", "RuntimeError", "InnerProduct")]
    [InlineData("strangers", "RuntimeError", "Convolution")]
    public void Tops_without_a_map_are_refused_as_by_pycaffe(string name, string exception, string word)
    {
        Assert.Equal(exception, s_pycaffe.Value.GetProperty(name).GetString());
        (Top from, Top to) = Tops(name);
        CaffeException error = Assert.Throws<CaffeException>(() => CoordinateMap.Between(from, to));
        Assert.Equal(CaffeErrorKind.Check, error.Kind);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crop_to_data")]
    [InlineData("crop_to_wider")]
    public void Crop_has_pycaffes_axis_and_offset(string name)
    {
        (Top from, Top to) = Tops(name);
        LayerParameter crop = CoordinateMap.Crop(from, to).ToTop().ToProto().Layer.Last();
        Assert.Equal("Crop", crop.Type);
        string offsets = string.Join(", ", crop.CropParam.Offset);
        Assert.Equal(
            s_pycaffe.Value.GetProperty(name).GetString(),
            string.Create(CultureInfo.InvariantCulture, $"{{'axis': {crop.CropParam.Axis}, 'offset': [{offsets}]}}"));
    }

    [Theory]
    [InlineData("crop_to_narrower", "before its bottom")]
    [InlineData("crop_to_scaled", "scale")]
    [InlineData("crop_between", "between two elements")]
    public void Crop_that_cannot_be_is_refused_as_by_pycaffe(string name, string words)
    {
        Assert.Equal("AssertionError", s_pycaffe.Value.GetProperty(name).GetString());
        (Top from, Top to) = Tops(name);
        CaffeException error = Assert.Throws<CaffeException>(() => CoordinateMap.Crop(from, to));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Crop_cuts_a_running_net_to_size()
    {
        NetSpec n = new() { ["data"] = _data };
        n["down"] = Window("Convolution", n["data"], kernel: 3, stride: 2);
        n["up"] = Window("Deconvolution", n["down"], kernel: 7, stride: 2);
        n["cut"] = CoordinateMap.Crop(n["up"], n["data"]);
        using Net net = Net.FromParameter(n.ToProto());
        net.Forward();
        Assert.Equal([2, 10, 103, 103], net.Blobs["up"].Shape);
        Assert.Equal([2, 10, 100, 100], net.Blobs["cut"].Shape);
    }

    [Fact]
    public void Height_and_width_given_apart_are_the_same_as_together()
    {
        Top apart = L.Convolution(_data, numOutput: 1, kernelH: 3, kernelW: 5, strideH: 1, strideW: 2, padH: 0, padW: 1);
        Top together = Window("Convolution", _data, [3, 5], [1, 2], [0, 1]);
        CoordinateMap expected = CoordinateMap.Between(together, _data);
        CoordinateMap map = CoordinateMap.Between(apart, _data);
        Assert.Equal(expected.Scale, map.Scale);
        Assert.Equal(expected.Shift, map.Shift);
    }

    [Fact]
    public void Layer_without_a_kernel_size_is_named()
    {
        CaffeException error = Assert.Throws<CaffeException>(
            () => CoordinateMap.Between(L.Convolution(_data, numOutput: 1), _data));
        Assert.Contains("Convolution", error.Message, StringComparison.Ordinal);
    }

    private static Top Window(
        string type, Top bottom, SpecValues<uint> kernel, SpecValues<uint> stride = default, SpecValues<uint> pad = default,
        SpecValues<uint> dilation = default) => type switch
        {
            "Convolution" => L.Convolution(
                bottom, numOutput: 10, kernelSize: kernel, stride: stride, pad: pad, dilation: dilation),
            "Deconvolution" => L.Deconvolution(bottom, numOutput: 10, kernelSize: kernel, stride: stride, pad: pad),
            _ => L.Pooling(bottom, kernelSize: kernel.First(), stride: stride.First()),
        };

    private (Top From, Top To) Tops(string name)
    {
        Top uneven = Window("Convolution", _data, [3, 5], [1, 2], [0, 1]);
        Top pointwise = L.Scale(L.Dropout(L.ReLU(Window("Convolution", _data, 11, 4, 5))));
        Top stacked = Window(
            "Deconvolution", Window("Pooling", Window("Convolution", _data, 5, 1, 2), 2, 2), 4, 2, 1);
        return name switch
        {
            "same" => (_data, _data),
            "stacked" => (stacked, _data),
            "stacked_back" => (_data, stacked),
            "uneven" => (uneven, _data),
            "dilated" => (Window("Convolution", _data, 3, dilation: 4), _data),
            "pointwise" => (pointwise, _data),
            "branches" => (stacked, pointwise),
            "sum_of_two" =>
                (L.Eltwise([Window("Convolution", _data, 3, 1, 1), Window("Convolution", _data, 5, 1, 2)]), _data),
            "cropped" => (L.Crop([Window("Deconvolution", _data, 4, 2), _data], axis: 2, offset: 3), _data),
            "other_axis" => (L.Convolution(_data, numOutput: 10, kernelSize: 3, axis: 2), uneven),
            "through_pixels" => (L.InnerProduct(_data, numOutput: 3), Window("Convolution", _data, 3)),
            "strangers" => (Window("Convolution", L.Input(shape: Shape.Of(1, 1, 9, 9)), 3), _data),
            "crop_to_data" => (Window("Deconvolution", Window("Convolution", _data, 3, 2), 7, 2), _data),
            "crop_to_wider" => (_data, Window("Convolution", _data, 5)),
            "crop_to_narrower" => (Window("Convolution", _data, 5), _data),
            "crop_to_scaled" => (_data, Window("Pooling", _data, 2, 2)),
            _ => (_data, Window("Convolution", _data, 2)),
        };
    }
}
