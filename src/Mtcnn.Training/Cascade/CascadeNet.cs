using System.Text.Json.Nodes;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Cascade;

/// <summary>The settings of one net of the cascade, in a <see cref="CascadeConfiguration"/>.</summary>
internal sealed record CascadeNet
{
    /// <summary>The options for cutting its crops; see <see cref="CropOptions"/>.</summary>
    public required JsonObject Crops { get; init; }

    /// <summary>The options of its training; see <see cref="NetTrainingOptions"/>. The run sets the net, the crops and the seed.</summary>
    public required JsonObject Training { get; init; }

    /// <summary>The options of its fine-tuning, such as another composition of batches or a lower learning rate, which override those of <see cref="Training"/>. Null for no fine-tuning.</summary>
    public JsonObject? FineTuning { get; init; }

    /// <summary>
    /// The share of faces that the net must pass at the detector's threshold. The bias of its classifier is adjusted to reach it. Null to keep the trained bias.
    /// </summary>
    public double? Recall { get; init; }
}
