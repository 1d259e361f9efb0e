using System.Reflection;
using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Sampling;

namespace Mtcnn.Training.Options;

/// <summary>The properties of a net that training requires.</summary>
/// <param name="Net">The net.</param>
/// <param name="Threshold">The minimum face probability in the cascade; 0 if the net does not classify.</param>
/// <param name="Offsets">The blob of its offsets; null if it neither classifies nor corrects boxes.</param>
/// <param name="Points">The blobs of its landmarks: none, one with all x and then all y, or one per landmark.</param>
internal sealed record TrainableNet(TrainedNet Net, double Threshold, string? Offsets, IReadOnlyList<string> Points)
{
    /// <summary>The layer that keeps the hardest rows.</summary>
    internal const string HardestLayer = "hardest";

    internal const string ClassificationLoss = "classification-loss";
    internal const string OffsetLoss = "offset-loss";
    internal const string PointLoss = "point-loss";

    private static readonly TrainableNet[] s_all =
    [
        new(TrainedNet.Proposal, CascadeProfile.Authors.Thresholds.Proposal, "conv4-2", []),
        new(TrainedNet.Refinement, CascadeProfile.Authors.Thresholds.Refinement, "conv5-2", []),
        new(TrainedNet.Output, CascadeProfile.Authors.Thresholds.Output, "conv6-2", ["conv6-3"]),
        new(TrainedNet.Landmarks, 0, null, ["fc5_1", "fc5_2", "fc5_3", "fc5_4", "fc5_5"]),
    ];

    /// <summary>The name, such as <c>12net</c>.</summary>
    internal string Name => Deploy.Name;

    /// <summary>The model that the detector runs.</summary>
    internal NetworkDefinition Deploy => Net.Definition();

    /// <summary>The side of its crops.</summary>
    internal int Side => Net.Side();

    /// <summary>The planes of its crops.</summary>
    internal int Channels => Resampling.Channels * Net.Patches();

    /// <summary>Whether the net classifies faces and corrects boxes.</summary>
    internal bool HasBoxes => Offsets is not null;

    /// <summary>Whether the net predicts landmarks.</summary>
    internal bool HasPoints => Points.Count > 0;

    /// <summary>The name of the training definition, without its extension.</summary>
    internal string TrainName => HasBoxes ? $"train{Side}" : $"train-{Name}";

    internal static TrainableNet Of(TrainedNet net) => Array.Find(s_all, known => known.Net == net)!;

    /// <summary>The training definition in prototxt syntax.</summary>
    internal string ReadTrainPrototxt()
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{TrainName}.prototxt")!;
        using StreamReader reader = new(resource);
        return reader.ReadToEnd();
    }
}
