using System.Text.Json.Serialization;

namespace Mtcnn.Training.Options;

/// <summary>A net that can be trained and that crops can be prepared for.</summary>
public enum TrainedNet
{
    /// <summary>12net, which proposes boxes.</summary>
    [JsonStringEnumMemberName("12net")]
    Proposal,

    /// <summary>24net, which refines them.</summary>
    [JsonStringEnumMemberName("24net")]
    Refinement,

    /// <summary>48net, which makes the final decision and predicts the landmarks.</summary>
    [JsonStringEnumMemberName("48net")]
    Output,

    /// <summary>The landmark net, which moves each landmark within a patch around it. Its crops are the five patches of a face.</summary>
    [JsonStringEnumMemberName("landmarks")]
    Landmarks,
}
