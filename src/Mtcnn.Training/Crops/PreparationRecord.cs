using System.Text.Json.Nodes;

namespace Mtcnn.Training.Crops;

/// <summary>The record of a complete or incomplete folder of crops.</summary>
internal sealed record PreparationRecord
{
    /// <summary>All options and files that determine the crops.</summary>
    public required JsonObject Plan { get; init; }

    /// <summary>The number of images.</summary>
    public required int Images { get; init; }

    /// <summary>The number of images, from the first, whose crops are written.</summary>
    public int Done { get; init; }

    /// <summary>The number of images that could not be read.</summary>
    public int Unread { get; init; }

    /// <summary>The number of crops of each kind.</summary>
    public IReadOnlyDictionary<CropKind, long> Counts { get; init; } = new Dictionary<CropKind, long>();

    /// <summary>The images and faces that were left out, and why.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
