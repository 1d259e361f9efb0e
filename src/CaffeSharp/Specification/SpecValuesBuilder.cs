namespace CaffeSharp;

/// <summary>Makes <see cref="SpecValues{T}"/>.</summary>
public static class SpecValues
{
    /// <summary>Several values.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="values">The values, in order.</param>
    public static SpecValues<T> Create<T>(ReadOnlySpan<T> values) => new(values.ToArray());
}
