using System.Diagnostics;
using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Cascade.Stages;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using OpenCvSharp;

namespace Mtcnn.Suite.Rivals;

/// <summary>This library's cascade with another engine's networks: the same pyramid, crops, rules and suppression, spread over threads alike.</summary>
internal sealed class CascadeRival : IDetectorRival
{
    private readonly CascadeProfile _profile;
    private readonly List<IEnginePass> _passes = [];
    private readonly ProposalStage _proposal;
    private readonly RefinementStage _refinement;
    private readonly OutputStage _output;

    /// <param name="name">The engine's name.</param>
    /// <param name="profile">The way to run the cascade.</param>
    /// <param name="threads">The threads of an image; each has its own nets, which use no further ones.</param>
    /// <param name="open">Opens a net by its name, for one thread.</param>
    public CascadeRival(string name, CascadeProfile profile, int threads, Func<string, IEnginePass> open)
    {
        Name = name;
        _profile = profile;
        PieceSizes sizes = PieceSizes.ForCaffe;
        _proposal = new ProposalStage(Executor(threads, () => new TileScanner(Open(open, NetworkDefinition.Proposal), profile)), profile, sizes.Tile);
        _refinement = new RefinementStage(Executor(threads, () => RefinementStage.RunnerOf(Open(open, NetworkDefinition.Refinement), profile)), profile, sizes.Refinement);
        _output = new OutputStage(Executor(threads, () => OutputStage.RunnerOf(Open(open, NetworkDefinition.Output), profile)), profile, sizes.Output);
    }

    public string Name { get; }

    public RivalAnswer Detect(string path, Mat source)
    {
        long start = Stopwatch.GetTimestamp();
        using BgrImage image = BgrImage.Of(source.AsView());
        IReadOnlyList<PyramidLevel> levels = _profile.Levels(image.Size, new PyramidSettings());
        _proposal.Find(image, levels, _profile.Thresholds.Proposal);
        _refinement.Find(image, _proposal.Boxes, _profile.Thresholds.Refinement);
        IReadOnlyList<Face> faces = _output.Find(image, _refinement.Boxes, _profile.Thresholds.Output);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new RivalAnswer([.. faces.Select(face => new ScoredBox(face.Box, face.Score))], milliseconds);
    }

    public void Dispose() => _passes.ForEach(pass => pass.Dispose());

    private static ThreadExecutor<TRunner> Executor<TRunner>(int threads, Func<TRunner> make) => new([.. Enumerable.Range(0, threads).Select(_ => make())]);

    private IEnginePass Open(Func<string, IEnginePass> open, NetworkDefinition definition)
    {
        IEnginePass pass = open(definition.Name);
        _passes.Add(pass);
        return pass;
    }
}
