using Mtcnn.Training.Crops;

namespace Mtcnn.Training.Preparation;

/// <summary>The outcome of an image.</summary>
internal sealed class ImageOutcome
{
    private readonly Dictionary<CropKind, long> _counts = [];

    /// <summary>Whether the image could not be read.</summary>
    public bool IsUnread { get; set; }

    /// <summary>The number of crops of each kind.</summary>
    public IReadOnlyDictionary<CropKind, long> Counts => _counts;

    /// <summary>The faces that were left out, and why.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Counts a crop.</summary>
    public void Count(CropKind kind) => _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
}
