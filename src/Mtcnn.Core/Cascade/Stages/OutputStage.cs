using CaffeSharp;
using Mtcnn.Cascade.Boxes;
using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Cascade.Stages;

/// <summary>
/// The third step of the cascade: 48net judges and corrects the boxes for the last time and finds the landmarks. Not
/// thread-safe: one caller at a time, as for the net it runs. The net is the caller's and must outlive the stage.
/// </summary>
public sealed class OutputStage
{
    /// <summary>The side of 48net's input in pixels.</summary>
    public const int CropSide = 48;

    /// <summary>The most boxes that a stage of one net gives to it together.</summary>
    public const int LargestBatch = 16;

    private static readonly CropOutput[] Outputs = [new("prob1", 2), new("conv6-2", 4), new("conv6-3", 2 * Landmarks.Count)];

    private readonly CropBatches _batches;
    private readonly CascadeProfile _profile;
    private readonly CandidateList _passed = new();

    /// <summary>Makes a stage of a net.</summary>
    /// <param name="net">A 48net (see <see cref="NetworkDefinition.Output"/>) with its weights.</param>
    /// <param name="profile">The way to run it.</param>
    public OutputStage(Net net, CascadeProfile profile)
        : this(new SequentialExecutor<CropRunner>(RunnerOf(new CaffePass(net), profile)), profile, BatchSize.Undivided(LargestBatch))
    {
    }

    internal OutputStage(IExecutor<CropRunner> executor, CascadeProfile profile, BatchSize size)
    {
        _profile = profile;
        _batches = new CropBatches(executor, size, Outputs);
    }

    /// <summary>Judges boxes and finds landmarks.</summary>
    /// <param name="image">The image.</param>
    /// <param name="boxes">Boxes with whole-numbered edges, as <see cref="RefinementStage"/> gives them.</param>
    /// <param name="threshold">The least face probability, from 0 to 1.</param>
    /// <returns>The faces, in falling score.</returns>
    /// <exception cref="ArgumentException">A box holds no pixel.</exception>
    public IReadOnlyList<Face> Run(ImageView image, IReadOnlyList<ScoredBox> boxes, double threshold)
    {
        using BgrImage pixels = BgrImage.Of(image);
        return Find(pixels, boxes, threshold);
    }

    /// <inheritdoc cref="Run"/>
    internal IReadOnlyList<Face> Find(BgrImage image, IReadOnlyList<ScoredBox> boxes, double threshold)
    {
        _batches.Run(image, boxes);
        return ToFaces(image.Size, boxes, _batches.Values(0), _batches.Values(1), _batches.Values(2), threshold);
    }

    /// <summary>The part of <see cref="Run"/> that follows the net: makes faces of its answers.</summary>
    /// <param name="image">The image's size.</param>
    /// <param name="boxes">The boxes that the net saw.</param>
    /// <param name="probabilities"><c>prob1</c>: two values a box.</param>
    /// <param name="offsets"><c>conv6-2</c>: four values a box.</param>
    /// <param name="landmarks"><c>conv6-3</c>: ten values a box, first all x, then all y.</param>
    /// <param name="threshold">The least face probability, from 0 to 1.</param>
    /// <returns>The faces, in falling score.</returns>
    public IReadOnlyList<Face> ToFaces(
        ImageSize image,
        IReadOnlyList<ScoredBox> boxes,
        ReadOnlySpan<float> probabilities,
        ReadOnlySpan<float> offsets,
        ReadOnlySpan<float> landmarks,
        double threshold)
    {
        _passed.Reset(image);
        CropOutputs outputs = new(probabilities, offsets);
        for (int i = 0; i < boxes.Count; i++)
        {
            if (outputs.Score(i) >= (float)threshold)
            {
                Landmarks points = LandmarksIn(boxes[i].Box, landmarks[(2 * Landmarks.Count * i)..]);
                _passed.Add(new Candidate(boxes[i].Box, outputs.Score(i), outputs.Offsets(i), points), _profile.Rules.Output.BeforeSuppression);
            }
        }

        _passed.Finish(_profile.Rules.Output);
        return _passed.ToFaces();
    }

    /// <summary>What an executor runs a 48net with.</summary>
    internal static CropRunner RunnerOf(INetPass net, CascadeProfile profile) => new(net, profile, CropSide, Outputs);

    // Landmarks come in widths and heights of the crop that the network saw, first all x, then all y.
    private Landmarks LandmarksIn(Box crop, ReadOnlySpan<float> values)
    {
        double width = crop.Width + _profile.Rules.EdgePixels;
        double height = crop.Height + _profile.Rules.EdgePixels;
        Span<ImagePoint> points = stackalloc ImagePoint[Landmarks.Count];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new ImagePoint(crop.Left + (width * values[i]), crop.Top + (height * values[Landmarks.Count + i]));
        }

        return new Landmarks(points);
    }
}
