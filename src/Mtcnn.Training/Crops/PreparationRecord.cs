using System.Text.Json.Nodes;

namespace Mtcnn.Training.Crops;

/// <summary>What a folder of crops says about itself, whole or not.</summary>
internal sealed record PreparationRecord
{
    /// <summary>Everything that decides what the crops are.</summary>
    public required JsonObject Plan { get; init; }

    /// <summary>How many images there are.</summary>
    public required int Images { get; init; }

    /// <summary>How many of them, from the first, are done and written.</summary>
    public int Done { get; init; }

    /// <summary>How many of them could not be read.</summary>
    public int Unread { get; init; }

    /// <summary>How many crops of each kind there are.</summary>
    public IReadOnlyDictionary<CropKind, long> Counts { get; init; } = new Dictionary<CropKind, long>();

    /// <summary>The images and faces that were left out, and why.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
