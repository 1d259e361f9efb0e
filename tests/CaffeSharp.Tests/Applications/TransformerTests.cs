using System.Numerics.Tensors;
using CaffeSharp.Imaging;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Applications;

/// <summary>What Transformer refuses, and what it leaves alone.</summary>
public sealed class TransformerTests : LeakGate
{
    private static readonly int[] s_shape = [2, 3, 4, 5];

    public static TheoryData<TransformerSettings, string> BadSettings => new()
    {
        { new() { Transpose = [0, 1] }, "Transpose is [0, 1]; it must name each of the 3 axes of an image once" },
        { new() { Transpose = [0, 1, 3] }, "Transpose is [0, 1, 3]" },
        { new() { Transpose = [0, 1, 1] }, "Transpose is [0, 1, 1]" },
        { new() { ChannelSwap = [1, 0] }, "ChannelSwap is [1, 0]; it must name each of the 3 channels of input 'data' once" },
        { new() { ChannelSwap = [0, 0, 0] }, "ChannelSwap is [0, 0, 0]" },
        { new() { RawScale = 0 }, "RawScale is 0; a finite number other than 0 is a scale" },
        { new() { InputScale = float.NaN }, "InputScale is NaN" },
        { new() { Mean = Tensor.Create(new float[2], [2]) }, "The mean (2) does not fit input 'data' (3 x 4 x 5)" },
        { new() { Mean = Tensor.Create(new float[40], [2, 4, 5]) }, "The mean (2 x 4 x 5) does not fit" },
        { new() { Mean = Tensor.Create(new float[60], [1, 3, 4, 5]) }, "The mean (1 x 3 x 4 x 5) does not fit" },
        { new() { Mean = Tensor.Create(new float[1], [1]) }, "The mean (1) does not fit" },
        { new() { Mean = Tensor.CreateFromShape<float>([3, 0, 5]) }, "The mean (3 x 0 x 5) does not fit" },
    };

    [Theory]
    [MemberData(nameof(BadSettings))]
    public void Settings_when_they_do_not_fit_the_input_are_refused(TransformerSettings settings, string words) =>
        Assert.Contains(
            words, Assert.Throws<ArgumentException>(() => new Transformer("data", s_shape, settings)).Message, StringComparison.Ordinal);

    [Fact]
    public void Inputs_when_they_hold_no_images_are_refused()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);

        Assert.Contains(
            "Input 'data' (1 x 2) takes no images",
            Assert.Throws<ArgumentException>(() => new Transformer(net.Inputs["data"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Transformer("data", [1, 3, 0, 4]));
        Assert.Throws<KeyNotFoundException>(() => new Transformer(net.Inputs["dta"]));
    }

    [Fact]
    public void Images_and_data_when_they_do_not_fit_are_refused()
    {
        Transformer transformer = new("data", s_shape);

        Assert.Contains(
            "An image of 4 x 5 x 1 has 1 channels, and input 'data' (3 x 4 x 5) takes 3",
            Assert.Throws<ArgumentException>(() => transformer.Preprocess(new FloatImage(4, 5, 1, new float[20]))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => transformer.Preprocess(new FloatImage(4, 5, 3, new float[60]), new float[59]));
        Assert.Contains(
            "There are 120 values, and an image of input 'data' (3 x 4 x 5) has 60",
            Assert.Throws<ArgumentException>(() => transformer.Deprocess(new float[120])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_when_preprocessed_is_left_as_it_was()
    {
        float[] values = [.. Enumerable.Range(0, 60).Select(value => value / 60f)];
        float[] before = [.. values];

        new Transformer("data", s_shape, new() { RawScale = 255, InputScale = 2 }).Preprocess(new FloatImage(4, 5, 3, values));

        Assert.Equal(before, values);
    }

    [Fact]
    public void A_gray_image_when_deprocessed_keeps_its_channel()
    {
        Transformer transformer = new("data", [1, 1, 4, 5], new() { RawScale = 2 });
        FloatImage image = new(4, 5, 1, Enumerable.Range(0, 20).Select(value => (float)value).ToArray());

        FloatImage back = transformer.Deprocess(transformer.Preprocess(image));

        Assert.Equal((4, 5, 1), (back.Height, back.Width, back.Channels));
        Assert.Equal(image.Pixels, back.Pixels);
    }

    [Fact]
    public void A_mean_when_constant_or_flat_is_resized_without_a_division_by_zero()
    {
        FloatImage image = new(4, 5, 3, Enumerable.Repeat(1f, 60).ToArray());

        float[] constant = new Transformer("data", s_shape, new() { Mean = Tensor.Create(Enumerable.Repeat(0.25f, 12).ToArray(), [3, 2, 2]) }).Preprocess(image);
        float[] flat = new Transformer("data", s_shape, new() { Mean = Tensor.Create(Enumerable.Repeat(0.5f, 20).ToArray(), [4, 5]) }).Preprocess(image);

        Assert.All(constant, value => Assert.Equal(0.75f, value));
        Assert.All(flat, value => Assert.Equal(0.5f, value));
    }

    [Fact]
    public void Without_a_transposition_channels_stay_last()
    {
        FloatImage image = new(4, 5, 3, Enumerable.Range(0, 60).Select(value => (float)value).ToArray());

        Transformer transformer = new("data", [1, 4, 5, 3], new() { Transpose = null });

        Assert.Equal((4, 5, 3), (transformer.Height, transformer.Width, transformer.Channels));
        Assert.Equal(image.Pixels, transformer.Preprocess(image));
    }
}
