namespace CaffeSharp.Onnx;

/// <summary>The length of one axis of a value.</summary>
/// <param name="Length">The length in the net as it is now.</param>
/// <param name="Symbol">A name for an axis of any length, the same for axes that are always equal; null for a fixed one.</param>
internal readonly record struct OnnxDimension(int Length, string? Symbol = null)
{
    internal bool Varies => Symbol is not null;
}
