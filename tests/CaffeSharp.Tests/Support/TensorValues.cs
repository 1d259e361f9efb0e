using System.Numerics.Tensors;

namespace CaffeSharp.Tests.Support;

/// <summary>Tensors as arrays, to be compared.</summary>
internal static class TensorValues
{
    /// <summary>The values, row-major.</summary>
    internal static float[] Values(this Tensor<float> tensor)
    {
        float[] values = new float[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return values;
    }

    /// <summary>The lengths of the axes.</summary>
    internal static int[] Shape(this Tensor<float> tensor) => Array.ConvertAll(tensor.Lengths.ToArray(), length => (int)length);
}
