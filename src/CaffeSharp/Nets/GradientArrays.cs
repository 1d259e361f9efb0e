using System.Numerics.Tensors;

namespace CaffeSharp;

/// <summary>What <see cref="Net.ForwardBackwardAll"/> gives.</summary>
/// <param name="Blobs">Values by blob, a row for each row of the inputs.</param>
/// <param name="Diffs">Diffs by blob, a row for each row of the inputs.</param>
public sealed record GradientArrays(
    IReadOnlyDictionary<string, Tensor<float>> Blobs, IReadOnlyDictionary<string, Tensor<float>> Diffs);
