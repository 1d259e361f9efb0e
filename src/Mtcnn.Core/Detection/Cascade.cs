using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>
/// The steps in a row, over one set of nets, which it owns. One caller at a time; on one picture other cascades of the pool may help it with
/// their nets.
/// </summary>
internal sealed class Cascade : IDisposable
{
    private readonly CascadeNets _nets;
    private readonly FaceDetectorOptions _options;
    private readonly Thresholds _thresholds;
    private readonly PyramidSettings _pyramid;
    private readonly CascadeCrew _crew;
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
    /// <param name="threads">The most threads that a picture may use.</param>
    public Cascade(CascadeNets nets, FaceDetectorOptions options, CascadePool pool, int threads)
    {
        _nets = nets;
        _options = options;
        _thresholds = options.Thresholds ?? options.Profile.Thresholds;
        _pyramid = new PyramidSettings { Factor = options.PyramidFactor, MinimumFace = options.MinimumFace, MaximumFace = options.MaximumFace };
        _crew = new CascadeCrew(pool, this, threads);
        _scanner = new TileScanner(new CaffePass(nets.Proposal), options.Profile);
        _refiner = RefinementStage.ToolOf(new CaffePass(nets.Refinement), options.Profile);
        _judge = OutputStage.ToolOf(new CaffePass(nets.Output), options.Profile);
        _patches = nets.Landmarks is { } net ? new PatchRunner(net) : null;
        PieceSizes sizes = PieceSizes.For(nets.Proposal);
        _proposal = new ProposalStage(new ToolCrew<TileScanner>(_crew, cascade => cascade._scanner), options.Profile, sizes.Tile);
        _refinement = new RefinementStage(new ToolCrew<CropRunner>(_crew, cascade => cascade._refiner), options.Profile, sizes.Refinement);
        _output = new OutputStage(new ToolCrew<CropRunner>(_crew, cascade => cascade._judge), options.Profile, sizes.Output);
        _landmarks = _patches is null ? null : new LandmarkRefinement(new ToolCrew<PatchRunner>(_crew, cascade => cascade._patches!));
    }

    /// <summary>Runs the cascade over an 8-bit BGR picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="stop">Ends it early, with an exception.</param>
    /// <returns>The faces that were asked for.</returns>
    public IReadOnlyList<Face> Run(Mat picture, CancellationToken stop) => Refined(picture, FindOutput(picture, stop));

    /// <summary>Runs 48net alone, and the landmark net, where there are faces already.</summary>
    /// <param name="picture">An 8-bit BGR picture.</param>
    /// <param name="near">Boxes of faces, a little off.</param>
    /// <param name="stop">Ends it early, with an exception.</param>
    /// <returns>The faces that were asked for.</returns>
    public IReadOnlyList<Face> RunNear(Mat picture, IReadOnlyList<Box> near, CancellationToken stop)
    {
        _crew.Stop = stop;
        ImageSize image = Picture.SizeOf(picture);
        List<ScoredBox> crops = [];
        foreach (Box box in near)
        {
            if (!box.ClippedTo(image.Width, image.Height).IsEmpty && _options.Profile.Refinement.AfterSuppression(box, default, image) is { } crop)
            {
                crops.Add(new ScoredBox(crop, 1));
            }
        }

        return Refined(picture, Judge(picture, crops));
    }

    /// <summary>Runs the cascade and keeps the boxes between the networks.</summary>
    /// <inheritdoc cref="Run"/>
    public CascadeResult RunWithStages(Mat picture, CancellationToken stop)
    {
        IReadOnlyList<Face> faces = FindOutput(picture, stop);
        return new CascadeResult(
            Picture.SizeOf(picture), [.. _proposal.Boxes], [.. _refinement.Boxes], faces, Refined(picture, faces));
    }

    public void Dispose() => _nets.Dispose();

    private IReadOnlyList<Face> FindOutput(Mat picture, CancellationToken stop)
    {
        _crew.Stop = stop;
        ImageSize image = Picture.SizeOf(picture);
        IReadOnlyList<PyramidLevel> levels = ImagePyramid.Levels(_options.Profile, image, _pyramid);
        _proposal.Find(picture, levels, _thresholds.Proposal);
        _refinement.Find(picture, _proposal.Boxes, _thresholds.Refinement);
        return Judge(picture, _refinement.Boxes);
    }

    private IReadOnlyList<Face> Judge(Mat picture, IReadOnlyList<ScoredBox> crops) =>
        FaceSelector.Select(_output.Run(picture, crops, _thresholds.Output), Picture.SizeOf(picture), _options);

    private IReadOnlyList<Face> Refined(Mat picture, IReadOnlyList<Face> faces) => _landmarks?.Run(picture, faces) ?? faces;
}
