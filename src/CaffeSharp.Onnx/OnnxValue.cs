namespace CaffeSharp.Onnx;

/// <summary>A tensor that flows through the graph: what a blob holds between the layer that made it and the next that writes
/// over it.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Shape">Its axes, outermost first.</param>
internal sealed record OnnxValue(string Name, IReadOnlyList<OnnxDimension> Shape)
{
    internal int Axes => Shape.Count;

    /// <summary>The axis that a prototxt means, where negative ones count from the end.</summary>
    internal int Canonical(int axis) => axis < 0 ? axis + Axes : axis;
}
