namespace CaffeSharp;

/// <summary>An array as a file of NumPy holds it.</summary>
public sealed class NpyArray
{
    private readonly int[] _shape;

    /// <summary>Makes an array.</summary>
    /// <param name="values">The values, row-major.</param>
    /// <param name="shape">Lengths of the axes, outermost first; none for a scalar.</param>
    /// <exception cref="ArgumentException">The shape has another number of elements.</exception>
    public NpyArray(ReadOnlyMemory<float> values, params ReadOnlySpan<int> shape)
    {
        int count = BlobShape.CheckedCount(shape);
        if (values.Length != count)
        {
            throw new ArgumentException(
                $"{values.Length} values do not fill the shape {BlobShape.Describe(shape)}.", nameof(values));
        }

        Values = values;
        _shape = shape.ToArray();
    }

    /// <summary>The values, row-major.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>Lengths of the axes, outermost first.</summary>
    public ReadOnlySpan<int> Shape => _shape;
}
