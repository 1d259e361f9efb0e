namespace Mtcnn.Models;

/// <summary>What a file of weights was found to be.</summary>
public enum ModelStatus
{
    /// <summary>Byte for byte the original.</summary>
    Original,

    /// <summary>The original of another network.</summary>
    OtherModel,

    /// <summary>No original: retrained weights, or a damaged file.</summary>
    Unknown,

    /// <summary>A file without a byte.</summary>
    Empty,

    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>No original: retrained weights, byte for byte as the sums beside them say (see <see cref="ModelSums"/>).</summary>
    Trained,
}
