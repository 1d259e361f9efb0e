namespace CaffeSharp;

/// <summary>One value whose gradient is not what the layer says.</summary>
/// <param name="Blob">The bottom or parameter.</param>
/// <param name="Index">The value's place in it, row-major.</param>
/// <param name="Analytic">The gradient that the layer's backward gave.</param>
/// <param name="Numeric">The gradient that its forward shows.</param>
public sealed record GradientDifference(string Blob, int Index, double Analytic, double Numeric);
