using CaffeSharp;
using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Cascade.Stages;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Models;
using Mtcnn.Pixels;
using OpenCvSharp;

namespace Mtcnn.Cli.Compare;

/// <summary>
/// Runs the cascade's steps over images and, after every forward pass, gives pycaffe the same input and compares every
/// blob.
/// </summary>
internal sealed class CascadeComparison(FaceDetectorOptions options, ModelFiles models, Pycaffe pycaffe, CancellationToken stop) : IDisposable
{
    private readonly CascadeNets _nets = CascadeNets.Load(models, options.Device, options.Engine);
    private readonly OrderedDictionary<(string Net, string Blob), BlobDifference> _blobs = [];

    public IReadOnlyList<BlobDifference> Blobs => [.. _blobs.Values];

    public FaceDifference Faces { get; } = new();

    public void Dispose() => _nets.Dispose();

    public async Task AddAsync(Mat source)
    {
        CascadeProfile profile = options.Profile;
        Thresholds thresholds = options.Thresholds ?? profile.Thresholds;
        ImageView image = source.AsView();
        PyramidSettings settings = new()
        {
            Factor = options.PyramidFactor,
            MinimumFace = options.MinimumFace,
            MaximumFace = options.MaximumFace,
        };

        ProposalStage proposal = new(_nets.Proposal, profile);
        IReadOnlyList<PyramidLevel> levels = profile.Levels(image.Size, settings);
        foreach (PyramidLevel level in levels)
        {
            proposal.Run(image, [level], thresholds.Proposal);
            await CompareAsync(_nets.Proposal, NetworkDefinition.Proposal, models.Proposal).ConfigureAwait(false);
        }

        // Not more boxes at once than a step puts into one batch, so that the net still holds all of them afterwards.
        RefinementStage refinement = new(_nets.Refinement, profile);
        IReadOnlyList<ScoredBox> proposed = proposal.Run(image, levels, thresholds.Proposal);
        foreach (ScoredBox[] batch in proposed.Chunk(RefinementStage.LargestBatch))
        {
            refinement.Run(image, batch, thresholds.Refinement);
            await CompareAsync(_nets.Refinement, NetworkDefinition.Refinement, models.Refinement).ConfigureAwait(false);
        }

        OutputStage output = new(_nets.Output, profile);
        IReadOnlyList<ScoredBox> refined = refinement.Run(image, proposed, thresholds.Refinement);
        List<float> probabilities = [];
        List<float> offsets = [];
        List<float> landmarks = [];
        foreach (ScoredBox[] batch in refined.Chunk(OutputStage.LargestBatch))
        {
            output.Run(image, batch, thresholds.Output);
            IReadOnlyDictionary<string, float[]> theirs =
                await CompareAsync(_nets.Output, NetworkDefinition.Output, models.Output).ConfigureAwait(false);
            probabilities.AddRange(theirs["prob1"]);
            offsets.AddRange(theirs["conv6-2"]);
            landmarks.AddRange(theirs["conv6-3"]);
        }

        IReadOnlyList<Face> faces = output.Run(image, refined, thresholds.Output);
        Faces.Add(faces, output.ToFaces(image.Size, refined, [.. probabilities], [.. offsets], [.. landmarks], thresholds.Output));
        await CompareLandmarkNetAsync(image, faces).ConfigureAwait(false);
    }

    private async Task CompareLandmarkNetAsync(ImageView image, IReadOnlyList<Face> faces)
    {
        if (_nets.Landmarks is not { } net || models.Landmarks is not { } weights)
        {
            return;
        }

        LandmarkRefinement refinement = new(net);
        foreach (Face[] batch in faces.Chunk(LandmarkRefinement.LargestBatch))
        {
            refinement.Run(image, batch);
            await CompareAsync(net, NetworkDefinition.Landmarks, weights).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyDictionary<string, float[]>> CompareAsync(Net net, NetworkDefinition definition, string weights)
    {
        stop.ThrowIfCancellationRequested();
        IReadOnlyDictionary<string, float[]> theirs =
            await pycaffe.ForwardAsync(definition, weights, net.Inputs[0], stop).ConfigureAwait(false);
        foreach (Blob ours in net.Blobs)
        {
            (string, string) key = (definition.Name, ours.Name);
            if (!_blobs.TryGetValue(key, out BlobDifference? difference))
            {
                difference = new BlobDifference(definition.Name, ours.Name);
                _blobs.Add(key, difference);
            }

            difference.Add(ours.Data.Span, theirs[ours.Name]);
        }

        return theirs;
    }
}
