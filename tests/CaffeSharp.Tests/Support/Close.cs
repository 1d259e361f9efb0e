namespace CaffeSharp.Tests.Support;

/// <summary>Compares arrays of floats.</summary>
internal static class Close
{
    /// <summary>The largest absolute difference; infinite where one value is not a number.</summary>
    internal static double Difference(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        Assert.Equal(left.Length, right.Length);
        double largest = 0;
        for (int index = 0; index < left.Length; index++)
        {
            double difference = Math.Abs((double)left[index] - right[index]);
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest;
    }
}
