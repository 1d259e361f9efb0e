using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Cascade.Stages;
using Mtcnn.Faces;

namespace Mtcnn.Training.Options;

/// <summary>The properties of the trainable nets.</summary>
public static class TrainedNets
{
    /// <summary>Gets the model that the detector runs. Its name is the name of the weights.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such net.</exception>
    public static NetworkDefinition Definition(this TrainedNet net) => net switch
    {
        TrainedNet.Proposal => NetworkDefinition.Proposal,
        TrainedNet.Refinement => NetworkDefinition.Refinement,
        TrainedNet.Output => NetworkDefinition.Output,
        TrainedNet.Landmarks => NetworkDefinition.Landmarks,
        _ => throw Unknown(net),
    };

    /// <summary>Gets the side of its crops or patches in pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such net.</exception>
    public static int Side(this TrainedNet net) => net switch
    {
        TrainedNet.Proposal => PyramidLevel.CellSide,
        TrainedNet.Refinement => RefinementStage.CropSide,
        TrainedNet.Output => OutputStage.CropSide,
        TrainedNet.Landmarks => LandmarkRefinement.PatchSide,
        _ => throw Unknown(net),
    };

    /// <summary>Gets the number of patches per crop: one for each landmark, or one.</summary>
    internal static int Patches(this TrainedNet net) => net == TrainedNet.Landmarks ? Landmarks.Count : 1;

    /// <summary>Gets the number of previous nets in the cascade, whose detections become its hard examples.</summary>
    public static int NetsBefore(this TrainedNet net) => net == TrainedNet.Landmarks ? 0 : (int)net;

    private static ArgumentOutOfRangeException Unknown(TrainedNet net) => new(nameof(net), net, "There is no such net.");
}
