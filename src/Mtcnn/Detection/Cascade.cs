using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>The steps in a row, over one set of nets, which it owns. One caller at a time.</summary>
internal sealed class Cascade : IDisposable
{
    private readonly CascadeNets _nets;
    private readonly FaceDetectorOptions _options;
    private readonly PyramidSettings _pyramid;
    private readonly ProposalStage _proposal;
    private readonly RefinementStage _refinement;
    private readonly OutputStage _output;
    private readonly LandmarkRefinement? _landmarks;

    public Cascade(CascadeNets nets, FaceDetectorOptions options)
    {
        _nets = nets;
        _options = options;
        _pyramid = new PyramidSettings { Factor = options.PyramidFactor, MinimumFace = options.MinimumFace, MaximumFace = options.MaximumFace };
        _proposal = new ProposalStage(nets.Proposal, options.Profile);
        _refinement = new RefinementStage(nets.Refinement, options.Profile);
        _output = new OutputStage(nets.Output, options.Profile);
        _landmarks = nets.Landmarks is { } net ? new LandmarkRefinement(net) : null;
    }

    /// <summary>Runs the cascade over an 8-bit BGR picture.</summary>
    public CascadeResult Run(Mat picture)
    {
        ImageSize image = Picture.SizeOf(picture);
        Thresholds thresholds = _options.Thresholds ?? _options.Profile.Thresholds;
        IReadOnlyList<PyramidLevel> levels = ImagePyramid.Levels(_options.Profile, image, _pyramid);
        IReadOnlyList<ScoredBox> proposed = _proposal.Run(picture, levels, thresholds.Proposal);
        IReadOnlyList<ScoredBox> refined = _refinement.Run(picture, proposed, thresholds.Refinement);
        IReadOnlyList<Face> faces = FaceSelector.Select(_output.Run(picture, refined, thresholds.Output), image, _options);
        return new CascadeResult(image, proposed, refined, faces, _landmarks?.Run(picture, faces) ?? faces);
    }

    public void Dispose() => _nets.Dispose();
}
