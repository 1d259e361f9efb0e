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

    private readonly CropBatches _batches;
    private readonly CascadeProfile _profile;

    /// <summary>Makes a stage of a net.</summary>
    /// <param name="net">A 24net (see <see cref="NetworkDefinitions.Refinement"/>) with its weights.</param>
    /// <param name="profile">The way to run it.</param>
    public RefinementStage(Net net, CascadeProfile profile)
    {
        _profile = profile;
        _batches = new CropBatches(net, profile, CropSide, "prob1", "conv5-2");
    }

    /// <summary>Judges boxes.</summary>
    /// <param name="picture">The picture, 8-bit BGR.</param>
    /// <param name="boxes">Boxes with whole-numbered edges, as <see cref="ProposalStage"/> gives them.</param>
    /// <param name="threshold">The least face probability, from 0 to 1.</param>
    /// <returns>The boxes that stay, corrected, with 24net's score, in falling score.</returns>
    /// <exception cref="ArgumentException">The picture is not 8-bit BGR, or a box holds no pixel.</exception>
    public IReadOnlyList<ScoredBox> Run(Mat picture, IReadOnlyList<ScoredBox> boxes, double threshold)
    {
        CandidateList passed = new(Picture.SizeOf(picture));
        float[][] outputs = _batches.Run(picture, boxes);
        CropOutputs judged = new(outputs[0], outputs[1]);
        for (int i = 0; i < boxes.Count; i++)
        {
            if (judged.Score(i) >= (float)threshold)
            {
                passed.Add(new Candidate(boxes[i].Box, judged.Score(i), judged.Offsets(i)), _profile.Refinement.BeforeSuppression);
            }
        }

        passed.Finish(_profile.Refinement);
        return passed.ToBoxes();
    }
}
