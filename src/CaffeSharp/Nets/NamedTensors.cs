using System.Numerics.Tensors;

namespace CaffeSharp;

/// <summary>Tensors that a caller gave by name, brought to the blobs that they are for.</summary>
internal static class NamedTensors
{
    /// <summary>Finds the tensor for each blob.</summary>
    /// <param name="net">The net.</param>
    /// <param name="tensors">The tensors by the blobs' names.</param>
    /// <param name="blobs">The blobs, each of which needs one.</param>
    /// <param name="what">What messages call such a blob: "input".</param>
    /// <param name="parameter">The caller's parameter, for messages.</param>
    /// <exception cref="ArgumentException">A blob has no tensor, or a tensor no blob.</exception>
    internal static (Tensor<float> Tensor, Blob Blob)[] Match(
        Net net, IReadOnlyDictionary<string, Tensor<float>> tensors, NamedList<Blob> blobs, string what, string parameter)
    {
        foreach ((string name, Tensor<float> tensor) in tensors)
        {
            if (!blobs.Contains(name))
            {
                throw new ArgumentException(
                    $"'{name}' ({TensorShape.Describe(tensor is null ? [] : tensor.Lengths)}) is not an {what} of net '{net.Name}'." +
                    $"{NearestName.Suggestion(name, blobs.Names)} Its {what}s are: {Descriptions(blobs)}.", parameter);
            }
        }

        return [.. blobs.Select(blob => (
            tensors.GetValueOrDefault(blob.Name) ?? throw new ArgumentException(
                $"There is no tensor for the {what} '{blob.Name}' ({BlobShape.Describe(blob.Shape)}) of net '{net.Name}'. " +
                $"Given are: {(tensors.Count == 0 ? "none" : string.Join(", ", tensors.Keys))}.", parameter),
            blob))];
    }

    private static string Descriptions(NamedList<Blob> blobs) =>
        string.Join(", ", blobs.Select(blob => $"{blob.Name} ({BlobShape.Describe(blob.Shape)})"));
}
