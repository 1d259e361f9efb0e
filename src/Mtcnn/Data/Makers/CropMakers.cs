using Mtcnn.Detection;

namespace Mtcnn.Data.Makers;

/// <summary>The makers of a plan. Thread-safe.</summary>
internal sealed class CropMakers : IDisposable
{
    private readonly ulong _seed;
    private readonly List<ICropMaker> _makers = [];
    private readonly HardExamples? _hard;

    public CropMakers(CropPlan plan)
    {
        _seed = plan.Seed;
        if (plan.Weights.Count > 0)
        {
            _hard = new HardExamples(plan.Side, plan.Weights, plan.Options);
            _makers.Add(_hard);
        }

        if (plan.Side == ImagePyramid.CellSide || plan.Options.RandomCropsToo)
        {
            _makers.Add(new ProposalCrops(plan.Side, plan.Options));
        }

        if (plan.CutsLandmarks)
        {
            _makers.Add(new LandmarkCrops(plan.Side, plan.Options));
        }
    }

    /// <summary>Cuts the crops of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="index">Its number, of which its random numbers are made.</param>
    /// <param name="add">Takes the crops one by one.</param>
    public void Make(MarkedPicture picture, int index, Action<Crop> add)
    {
        for (int i = 0; i < _makers.Count; i++)
        {
            _makers[i].Make(picture, SplitMix.Of(_seed, (ulong)index, (ulong)i), add);
        }
    }

    public void Dispose() => _hard?.Dispose();
}
