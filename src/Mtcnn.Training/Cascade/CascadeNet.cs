using System.Text.Json.Nodes;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Cascade;

/// <summary>How one net of the cascade is trained, in a <see cref="CascadeConfiguration"/>.</summary>
internal sealed record CascadeNet
{
    /// <summary>How its crops are cut: options of <see cref="CropOptions"/>.</summary>
    public required JsonObject Crops { get; init; }

    /// <summary>How it is trained: options of <see cref="NetTrainingOptions"/>, without those that the run knows: net, crops and seed.</summary>
    public required JsonObject Training { get; init; }

    /// <summary>How it is trained on from there, with another order of tasks or a smaller rate: options that replace those of <see cref="Training"/>. Null for not at all.</summary>
    public JsonObject? FineTuning { get; init; }

    /// <summary>
    /// The share of faces that should get past the net at the detector's threshold; the bias of its answer is moved so that it is. Null to leave it as trained.
    /// </summary>
    public double? Recall { get; init; }
}
