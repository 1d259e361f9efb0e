using System.Reflection;
using Mtcnn.Detection;

namespace Mtcnn.Training;

/// <summary>One of the nets that are trained.</summary>
/// <param name="Deploy">What the detector runs.</param>
/// <param name="Side">The side of its crops.</param>
/// <param name="Threshold">The least face probability that the cascade keeps.</param>
/// <param name="HasPoints">Whether it says where the landmarks are.</param>
/// <param name="Offsets">The blob of its offsets.</param>
/// <param name="Points">The blob of its landmarks.</param>
internal sealed record TrainableNet(NetworkDefinition Deploy, int Side, double Threshold, bool HasPoints, string Offsets, string Points)
{
    /// <summary>The layer that keeps the hardest rows.</summary>
    internal const string HardestLayer = "hardest";

    internal const string ClassificationLoss = "classification-loss";
    internal const string OffsetLoss = "offset-loss";
    internal const string PointLoss = "point-loss";

    private static readonly TrainableNet[] s_all =
    [
        new(NetworkDefinitions.Proposal, 12, CascadeProfile.Authors.Thresholds.Proposal, false, "conv4-2", string.Empty),
        new(NetworkDefinitions.Refinement, 24, CascadeProfile.Authors.Thresholds.Refinement, false, "conv5-2", string.Empty),
        new(NetworkDefinitions.Output, 48, CascadeProfile.Authors.Thresholds.Output, true, "conv6-2", "conv6-3"),
    ];

    /// <summary>As in <c>12net</c>.</summary>
    internal string Name => Deploy.Name;

    /// <summary>The name of the training definition, without its ending.</summary>
    internal string TrainName => $"train{Side}";

    /// <exception cref="ArgumentOutOfRangeException">There is no such net.</exception>
    internal static TrainableNet Of(int side) => Array.Find(s_all, net => net.Side == side)
        ?? throw new ArgumentOutOfRangeException(nameof(side), side, "The nets that are trained have crops of 12, 24 and 48 pixels.");

    /// <summary>The training definition in prototxt syntax.</summary>
    internal string ReadTrainPrototxt()
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{TrainName}.prototxt")!;
        using StreamReader reader = new(resource);
        return reader.ReadToEnd();
    }
}
