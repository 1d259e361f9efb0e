using CaffeSharp;
using OpenCvSharp;

namespace Mtcnn.Detection;

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
    /// <param name="net">A 24net (see <see cref="NetworkDefinitions.Refinement"/>) with its weights.</param>
    /// <param name="profile">The way to run it.</param>
    public RefinementStage(Net net, CascadeProfile profile)
        : this(new SoloCrew<CropRunner>(ToolOf(new CaffePass(net), profile)), profile, BatchSize.Undivided(LargestBatch))
    {
    }

    internal RefinementStage(ICrew<CropRunner> crew, CascadeProfile profile, BatchSize size)
    {
        _profile = profile;
        _batches = new CropBatches(crew, size, Outputs);
    }

    /// <summary>What <see cref="Find"/> left, until it is called again.</summary>
    internal List<ScoredBox> Boxes => _passed.Boxes;

    /// <summary>Judges boxes.</summary>
    /// <param name="picture">The picture, 8-bit BGR.</param>
    /// <param name="boxes">Boxes with whole-numbered edges, as <see cref="ProposalStage"/> gives them.</param>
    /// <param name="threshold">The least face probability, from 0 to 1.</param>
    /// <returns>The boxes that stay, corrected, with 24net's score, in falling score.</returns>
    /// <exception cref="ArgumentException">The picture is not 8-bit BGR, or a box holds no pixel.</exception>
    public IReadOnlyList<ScoredBox> Run(Mat picture, IReadOnlyList<ScoredBox> boxes, double threshold)
    {
        Find(picture, boxes, threshold);
        return [.. Boxes];
    }

    /// <summary>What a crew runs a 24net with.</summary>
    internal static CropRunner ToolOf(INetPass net, CascadeProfile profile) => new(net, profile, CropSide, Outputs);

    /// <summary>As <see cref="Run"/>; the result is in <see cref="Boxes"/>.</summary>
    internal void Find(Mat picture, IReadOnlyList<ScoredBox> boxes, double threshold)
    {
        _passed.Reset(Picture.SizeOf(picture));
        _batches.Run(picture, boxes);
        CropOutputs judged = new(_batches.Values(0), _batches.Values(1));
        for (int i = 0; i < boxes.Count; i++)
        {
            if (judged.Score(i) >= (float)threshold)
            {
                _passed.Add(new Candidate(boxes[i].Box, judged.Score(i), judged.Offsets(i)), _profile.Refinement.BeforeSuppression);
            }
        }

        _passed.Finish(_profile.Refinement);
    }
}
