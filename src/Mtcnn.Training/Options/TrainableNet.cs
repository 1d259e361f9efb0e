using System.Reflection;
using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Sampling;

namespace Mtcnn.Training.Options;

/// <summary>What a training has to know of a net.</summary>
/// <param name="Net">The net.</param>
/// <param name="Threshold">The least face probability that the cascade keeps; 0 where the net gives none.</param>
/// <param name="Offsets">The blob of its offsets; null where it neither classifies nor corrects boxes.</param>
/// <param name="Points">The blobs of its landmarks: none, one with x of all five and then y, or one a landmark.</param>
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

    /// <summary>As in <c>12net</c>.</summary>
    internal string Name => Deploy.Name;

    /// <summary>What the detector runs.</summary>
    internal NetworkDefinition Deploy => Net.Definition();

    /// <summary>The side of its crops.</summary>
    internal int Side => Net.Side();

    /// <summary>The planes of its crops.</summary>
    internal int Channels => Resampling.Channels * Net.Patches();

    /// <summary>Whether it tells faces from others and corrects boxes.</summary>
    internal bool HasBoxes => Offsets is not null;

    /// <summary>Whether it says where the landmarks are.</summary>
    internal bool HasPoints => Points.Count > 0;

    /// <summary>The name of the training definition, without its ending.</summary>
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
