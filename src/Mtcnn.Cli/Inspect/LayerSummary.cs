namespace Mtcnn.Cli.Inspect;

/// <summary>The columns of a layer in the table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, such as "Convolution".</param>
/// <param name="Bottoms">The blobs it reads.</param>
/// <param name="Tops">The blobs it writes.</param>
/// <param name="TopShapes">The shapes of its tops; empty if only the weights are known.</param>
/// <param name="ParameterShapes">The shapes of its parameters.</param>
/// <param name="MultiplyAdds">Multiplications with a weight, each with its addition, in one forward pass; null if the layer
/// has none, or if only the weights are known.</param>
internal sealed record LayerSummary(
    string Name,
    string Type,
    IReadOnlyList<string> Bottoms,
    IReadOnlyList<string> Tops,
    IReadOnlyList<IReadOnlyList<long>> TopShapes,
    IReadOnlyList<IReadOnlyList<long>> ParameterShapes,
    long? MultiplyAdds)
{
    /// <summary>The number of values in its parameters.</summary>
    public long ParameterCount => ParameterShapes.Sum(shape => shape.Aggregate(1L, (count, dimension) => count * dimension));
}
