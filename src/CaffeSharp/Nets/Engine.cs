namespace CaffeSharp;

/// <summary>What runs the layers of a net.</summary>
public enum Engine
{
    /// <summary>The original Caffe.</summary>
    Caffe = 0,

    /// <summary>
    /// Kernels of this library for the layers they know (convolution, inner product, pooling, ReLU, PReLU, batch
    /// normalization, scale, element-wise operations, softmax, concatenation, slice, flatten, and dropout and splits, which do
    /// nothing), the original Caffe for all others. In nets of <see cref="Phase.Train"/> convolution, inner product, maximum
    /// pooling, ReLU and PReLU run so, forward and backward. Nets on a GPU, and in the test phase passes with hooks, are
    /// Caffe's all the same. Numbers agree with Caffe's to rounding.
    /// </summary>
    Accelerated = 1,
}
