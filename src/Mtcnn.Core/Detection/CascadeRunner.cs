using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Cascade.Stages;
using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Detection;

/// <summary>
/// The steps in a row, over one set of nets, which it owns. One caller at a time; on one image other cascades of the pool may help it with
/// their nets.
/// </summary>
internal sealed class CascadeRunner : IDisposable
{
    private readonly CascadeNets _nets;
    private readonly FaceDetectorOptions _options;
    private readonly Thresholds _thresholds;
    private readonly PyramidSettings _pyramid;
    private readonly CascadeExecutor _executor;
    private readonly TileScanner _scanner;
    private readonly CropRunner _refiner;
    private readonly CropRunner _judge;
    private readonly PatchRunner? _patches;
    private readonly ProposalStage _proposal;
    private readonly RefinementStage _refinement;
    private readonly OutputStage _output;
    private readonly LandmarkRefinement? _landmarks;

    /// <param name="nets">The nets.</param>
    /// <param name="options">How to look for faces.</param>
    /// <param name="pool">Where helpers come from.</param>
    /// <param name="threads">The most threads that an image may use.</param>
    public CascadeRunner(CascadeNets nets, FaceDetectorOptions options, CascadePool pool, int threads)
    {
        _nets = nets;
        _options = options;
        _thresholds = options.Thresholds ?? options.Profile.Thresholds;
        _pyramid = new PyramidSettings { Factor = options.PyramidFactor, MinimumFace = options.MinimumFace, MaximumFace = options.MaximumFace };
        _executor = new CascadeExecutor(pool, this, threads);
        _scanner = new TileScanner(new CaffePass(nets.Proposal), options.Profile);
        _refiner = RefinementStage.RunnerOf(new CaffePass(nets.Refinement), options.Profile);
        _judge = OutputStage.RunnerOf(new CaffePass(nets.Output), options.Profile);
        _patches = nets.Landmarks is { } net ? new PatchRunner(net) : null;
        PieceSizes sizes = PieceSizes.For(nets.Proposal);
        _proposal = new ProposalStage(new StepExecutor<TileScanner>(_executor, cascade => cascade._scanner), options.Profile, sizes.Tile);
        _refinement = new RefinementStage(new StepExecutor<CropRunner>(_executor, cascade => cascade._refiner), options.Profile, sizes.Refinement);
        _output = new OutputStage(new StepExecutor<CropRunner>(_executor, cascade => cascade._judge), options.Profile, sizes.Output);
        _landmarks = _patches is null ? null : new LandmarkRefinement(new StepExecutor<PatchRunner>(_executor, cascade => cascade._patches!));
    }

    /// <summary>Runs the cascade over an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="stop">Ends it early, with an exception.</param>
    /// <returns>The faces that were asked for.</returns>
    public IReadOnlyList<Face> Run(BgrImage image, CancellationToken stop) => Refined(image, FindOutput(image, stop));

    /// <summary>Runs 48net alone, and the landmark net, where there are faces already.</summary>
    /// <param name="image">The image.</param>
    /// <param name="near">Boxes of faces, a little off.</param>
    /// <param name="stop">Ends it early, with an exception.</param>
    /// <returns>The faces that were asked for.</returns>
    public IReadOnlyList<Face> RunNear(BgrImage image, IReadOnlyList<Box> near, CancellationToken stop)
    {
        _executor.Stop = stop;
        List<ScoredBox> crops = [];
        foreach (Box box in near)
        {
            if (!box.ClippedTo(image.Width, image.Height).IsEmpty && _options.Profile.Rules.Refinement.AfterSuppression(box, default, image.Size) is { } crop)
            {
                crops.Add(new ScoredBox(crop, 1));
            }
        }

        return Refined(image, FindFaces(image, crops));
    }

    /// <summary>Runs the cascade and keeps the boxes between the networks.</summary>
    /// <inheritdoc cref="Run"/>
    public CascadeResult RunWithStages(BgrImage image, CancellationToken stop)
    {
        IReadOnlyList<Face> faces = FindOutput(image, stop);
        return new CascadeResult(
            image.Size, [.. _proposal.Boxes], [.. _refinement.Boxes], faces, Refined(image, faces));
    }

    public void Dispose() => _nets.Dispose();

    private IReadOnlyList<Face> FindOutput(BgrImage image, CancellationToken stop)
    {
        _executor.Stop = stop;
        IReadOnlyList<PyramidLevel> levels = _options.Profile.Levels(image.Size, _pyramid);
        _proposal.Find(image, levels, _thresholds.Proposal);
        _refinement.Find(image, _proposal.Boxes, _thresholds.Refinement);
        return FindFaces(image, _refinement.Boxes);
    }

    private IReadOnlyList<Face> FindFaces(BgrImage image, IReadOnlyList<ScoredBox> crops) =>
        FaceSelector.Select(_output.Find(image, crops, _thresholds.Output), image.Size, _options);

    private IReadOnlyList<Face> Refined(BgrImage image, IReadOnlyList<Face> faces) => _landmarks?.Refine(image, faces) ?? faces;
}
