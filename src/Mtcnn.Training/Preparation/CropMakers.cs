using Mtcnn.Training.Crops;
using Mtcnn.Training.Crops.Makers;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Preparation;

/// <summary>The crop makers of a plan. Thread-safe.</summary>
internal sealed class CropMakers : IDisposable
{
    private readonly ulong _seed;
    private readonly List<ICropMaker> _makers = [];
    private readonly HardExamples? _hard;

    public CropMakers(CropPlan plan)
    {
        _seed = plan.Seed;
        if (plan.Net == TrainedNet.Landmarks)
        {
            _makers.Add(new PatchCrops(plan.Options));
            return;
        }

        int side = plan.Net.Side();
        if (plan.Weights.Count > 0)
        {
            _hard = new HardExamples(side, plan.Weights, plan.Options);
            _makers.Add(_hard);
        }

        if (plan.Net == TrainedNet.Proposal || plan.Options.RandomCropsToo)
        {
            _makers.Add(new ProposalCrops(side, plan.Options));
        }

        if (plan.CutsLandmarks)
        {
            _makers.Add(new LandmarkCrops(side, plan.Options));
        }
    }

    /// <summary>Cuts the crops of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="index">Its number, which seeds its random numbers.</param>
    /// <param name="add">Receives the crops one by one.</param>
    public void Make(MarkedImage image, int index, Action<Crop> add)
    {
        for (int i = 0; i < _makers.Count; i++)
        {
            _makers[i].Make(image, SplitMix.Of(_seed, (ulong)index, (ulong)i), add);
        }
    }

    public void Dispose() => _hard?.Dispose();
}
