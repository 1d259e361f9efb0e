using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Cascade.Stages;
using Mtcnn.Faces;

namespace Mtcnn.Training.Options;

/// <summary>What is to be known of the nets that are trained.</summary>
public static class TrainedNets
{
    /// <summary>The net as the detector runs it; its name is that of the net's weights.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such net.</exception>
    public static NetworkDefinition Definition(this TrainedNet net) => net switch
    {
        TrainedNet.Proposal => NetworkDefinition.Proposal,
        TrainedNet.Refinement => NetworkDefinition.Refinement,
        TrainedNet.Output => NetworkDefinition.Output,
        TrainedNet.Landmarks => NetworkDefinition.Landmarks,
        _ => throw Unknown(net),
    };

    /// <summary>The side of its crops or patches in pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such net.</exception>
    public static int Side(this TrainedNet net) => net switch
    {
        TrainedNet.Proposal => PyramidLevel.CellSide,
        TrainedNet.Refinement => RefinementStage.CropSide,
        TrainedNet.Output => OutputStage.CropSide,
        TrainedNet.Landmarks => LandmarkRefinement.PatchSide,
        _ => throw Unknown(net),
    };

    /// <summary>How many patches a crop is made of: one for each landmark, or one.</summary>
    internal static int Patches(this TrainedNet net) => net == TrainedNet.Landmarks ? Landmarks.Count : 1;

    /// <summary>How many nets come before it, of whose boxes its hard examples are made: the first of the cascade.</summary>
    public static int NetsBefore(this TrainedNet net) => net == TrainedNet.Landmarks ? 0 : (int)net;

    private static ArgumentOutOfRangeException Unknown(TrainedNet net) => new(nameof(net), net, "There is no such net.");
}
