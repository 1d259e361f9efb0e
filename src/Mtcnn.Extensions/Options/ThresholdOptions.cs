using Mtcnn.Cascade.Profiles;

namespace Mtcnn.Extensions;

/// <summary>The face probabilities that a box needs to get past each network, from 0 to 1; null for the profile's published value.</summary>
public sealed class ThresholdOptions
{
    /// <summary>For 12net. Lower finds more and costs more time.</summary>
    public double? Proposal { get; set; }

    /// <summary>For 24net.</summary>
    public double? Refinement { get; set; }

    /// <summary>For 48net: the lowest score of a face that is reported.</summary>
    public double? Output { get; set; }

    /// <summary>These, where they are set, and the published ones elsewhere.</summary>
    internal Thresholds Over(Thresholds published) =>
        new(Proposal ?? published.Proposal, Refinement ?? published.Refinement, Output ?? published.Output);
}
