using System.Text.Json.Serialization;

namespace Mtcnn.Training.Options;

/// <summary>One of the nets that are trained, and that crops are made for.</summary>
public enum TrainedNet
{
    /// <summary>12net, which proposes boxes.</summary>
    [JsonStringEnumMemberName("12net")]
    Proposal,

    /// <summary>24net, which refines them.</summary>
    [JsonStringEnumMemberName("24net")]
    Refinement,

    /// <summary>48net, which decides, and finds the landmarks.</summary>
    [JsonStringEnumMemberName("48net")]
    Output,

    /// <summary>The landmark net, which moves each landmark within a patch around it. Its crops are the five patches of a face.</summary>
    [JsonStringEnumMemberName("landmarks")]
    Landmarks,
}
