using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CaffeSharp.Tests.Blobs;

public sealed class TensorShapeTests
{
    [Theory]
    [InlineData(3, 1, 1, 1)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 3, 1, 1)]
    [InlineData(2, 1, 3, 4)]
    public void Values_of_a_dense_tensor_are_its_own_memory(int images, int channels, int height, int width)
    {
        float[] values = [.. Enumerable.Range(0, images * channels * height * width).Select(value => (float)value)];
        Tensor<float> tensor = Tensor.Create(values, [images, channels, height, width]);

        ReadOnlySpan<float> read = TensorShape.Values(tensor.AsReadOnlyTensorSpan());

        Assert.Equal(values, read.ToArray());
        Assert.True(Unsafe.AreSame(ref values[0], ref MemoryMarshal.GetReference(read)));
    }

    [Fact]
    public void Values_of_a_slice_that_starts_at_a_later_image_are_its_images()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        Tensor<float> tensor = Tensor.Create(values, [6, 1, 1]);

        ReadOnlySpan<float> read = TensorShape.Values(tensor.AsReadOnlyTensorSpan().Slice(2..5, .., ..));

        Assert.Equal([3, 4, 5], read.ToArray());
    }

    [Fact]
    public void Values_of_a_slice_with_gaps_are_a_copy_in_row_major_order()
    {
        Tensor<float> tensor = Tensor.Create([1f, 2, 3, 4, 5, 6], [2, 3]);

        ReadOnlySpan<float> read = TensorShape.Values(tensor.AsReadOnlyTensorSpan().Slice(.., 1..3));

        Assert.Equal([2, 3, 5, 6], read.ToArray());
    }

    [Fact]
    public void Values_of_a_repeated_row_are_a_copy_of_each_repetition()
    {
        Tensor<float> row = Tensor.Create([1f, 2, 3], [1, 3]);
        ReadOnlyTensorSpan<float> repeated = Tensor.Broadcast(row.AsReadOnlyTensorSpan(), [2, 3]);

        Assert.Equal([1, 2, 3, 1, 2, 3], TensorShape.Values(repeated).ToArray());
    }
}
