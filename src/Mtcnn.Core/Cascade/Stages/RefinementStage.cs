using CaffeSharp;
using Mtcnn.Cascade.Boxes;
using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Cascade.Stages;

/// <summary>
/// The second step of the cascade: 24net judges and corrects the proposed boxes. Not thread-safe: one caller at a time, as
/// for the net it runs. The net is the caller's and must outlive the stage.
/// </summary>
public sealed class RefinementStage
{
    /// <summary>The side of 24net's input in pixels.</summary>
    public const int CropSide = 24;

    /// <summary>The most boxes that a stage of one net gives to it together.</summary>
    public const int LargestBatch = 32;

    private static readonly CropOutput[] Outputs = [new("prob1", 2), new("conv5-2", 4)];

    private readonly CropBatches _batches;
    private readonly CascadeProfile _profile;
    private readonly CandidateList _passed = new();

    /// <summary>Makes a stage of a net.</summary>
    /// <param name="net">A 24net (see <see cref="NetworkDefinition.Refinement"/>) with its weights.</param>
    /// <param name="profile">The way to run it.</param>
    public RefinementStage(Net net, CascadeProfile profile)
        : this(new SequentialExecutor<CropRunner>(RunnerOf(new CaffePass(net), profile)), profile, BatchSize.Undivided(LargestBatch))
    {
    }

    internal RefinementStage(IExecutor<CropRunner> executor, CascadeProfile profile, BatchSize size)
    {
        _profile = profile;
        _batches = new CropBatches(executor, size, Outputs);
    }

    /// <summary>What <see cref="Find"/> left, until it is called again.</summary>
    internal List<ScoredBox> Boxes => _passed.Boxes;

    /// <summary>Judges boxes.</summary>
    /// <param name="image">The image.</param>
    /// <param name="boxes">Boxes with whole-numbered edges, as <see cref="ProposalStage"/> gives them.</param>
    /// <param name="threshold">The least face probability, from 0 to 1.</param>
    /// <returns>The boxes that stay, corrected, with 24net's score, in falling score.</returns>
    /// <exception cref="ArgumentException">A box holds no pixel.</exception>
    public IReadOnlyList<ScoredBox> Run(ImageView image, IReadOnlyList<ScoredBox> boxes, double threshold)
    {
        using BgrImage pixels = BgrImage.Of(image);
        Find(pixels, boxes, threshold);
        return [.. Boxes];
    }

    /// <summary>What an executor runs a 24net with.</summary>
    internal static CropRunner RunnerOf(INetPass net, CascadeProfile profile) => new(net, profile, CropSide, Outputs);

    /// <summary>As <see cref="Run"/>; the result is in <see cref="Boxes"/>.</summary>
    internal void Find(BgrImage image, IReadOnlyList<ScoredBox> boxes, double threshold)
    {
        _passed.Reset(image.Size);
        _batches.Run(image, boxes);
        CropOutputs outputs = new(_batches.Values(0), _batches.Values(1));
        for (int i = 0; i < boxes.Count; i++)
        {
            if (outputs.Score(i) >= (float)threshold)
            {
                _passed.Add(new Candidate(boxes[i].Box, outputs.Score(i), outputs.Offsets(i)), _profile.Rules.Refinement.BeforeSuppression);
            }
        }

        _passed.Finish(_profile.Rules.Refinement);
    }
}
