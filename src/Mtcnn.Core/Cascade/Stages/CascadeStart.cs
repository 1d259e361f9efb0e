using CaffeSharp;
using Mtcnn.Models;
using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>
/// The first steps of a cascade, as far as its nets are trained: 12net, or 12net and 24net. One caller at a time; <see cref="Share"/> makes more with the same
/// weights in memory.
/// </summary>
internal sealed class CascadeStart : IDisposable
{
    private readonly CascadeNets _nets;
    private readonly PyramidSettings _pyramid;
    private readonly Thresholds _thresholds;
    private readonly ProposalStage _proposal;
    private readonly RefinementStage? _refinement;

    private CascadeStart(CascadeNets nets, PyramidSettings pyramid, Thresholds thresholds)
    {
        _nets = nets;
        _pyramid = pyramid;
        _thresholds = thresholds;
        _proposal = new ProposalStage(nets.Proposal, Profile);
        _refinement = nets.Count > 1 ? new RefinementStage(nets.Refinement, Profile) : null;
    }

    /// <summary>The way it is run.</summary>
    public static CascadeProfile Profile => CascadeProfile.Authors;

    /// <summary>Loads the nets.</summary>
    /// <param name="weights">12net's weights, and 24net's where it is to judge too.</param>
    /// <param name="pyramid">The sizes to look at.</param>
    /// <param name="thresholds">The least face probabilities.</param>
    /// <exception cref="ModelException">A file is missing, unreadable, corrupt or another network's.</exception>
    public static CascadeStart Load(IReadOnlyList<string> weights, PyramidSettings pyramid, Thresholds thresholds)
    {
        BlasThreads.KeepToOne();
        return new CascadeStart(CascadeNets.LoadFirst(weights, Device.Cpu, Engine.Accelerated), pyramid, thresholds);
    }

    /// <summary>Makes another with the same weights. It may outlive this one.</summary>
    public CascadeStart Share() => new(_nets.Share(), _pyramid, _thresholds);

    /// <summary>Finds the boxes that the next net would judge, in falling score.</summary>
    /// <param name="picture">The picture, 8-bit BGR.</param>
    public IReadOnlyList<ScoredBox> Find(Mat picture)
    {
        IReadOnlyList<ScoredBox> boxes = _proposal.Run(picture, ImagePyramid.Levels(Profile, Picture.SizeOf(picture), _pyramid), _thresholds.Proposal);
        return _refinement?.Run(picture, boxes, _thresholds.Refinement) ?? boxes;
    }

    /// <inheritdoc/>
    public void Dispose() => _nets.Dispose();
}
