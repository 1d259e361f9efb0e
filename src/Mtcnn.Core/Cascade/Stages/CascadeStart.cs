using CaffeSharp;
using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Faces;
using Mtcnn.Models;
using Mtcnn.Pixels;

namespace Mtcnn.Cascade.Stages;

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
    /// <param name="image">The image.</param>
    public IReadOnlyList<ScoredBox> Find(ImageView image)
    {
        using BgrImage pixels = BgrImage.Of(image);
        _proposal.Find(pixels, Profile.Levels(pixels.Size, _pyramid), _thresholds.Proposal);
        if (_refinement is null)
        {
            return [.. _proposal.Boxes];
        }

        _refinement.Find(pixels, _proposal.Boxes, _thresholds.Refinement);
        return [.. _refinement.Boxes];
    }

    /// <inheritdoc/>
    public void Dispose() => _nets.Dispose();
}
