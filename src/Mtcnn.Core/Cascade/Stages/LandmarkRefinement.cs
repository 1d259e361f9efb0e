using CaffeSharp;
using Mtcnn.Cascade.Nets;
using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Cascade.Stages;

/// <summary>
/// The optional last step: the fourth net looks at a small patch around each landmark and moves it. It works on the faces
/// of either profile. Not thread-safe: one caller at a time, as for the net it runs. The net is the caller's and must outlive
/// the step.
/// </summary>
public sealed class LandmarkRefinement
{
    /// <summary>The side of a patch as the net sees it, in pixels.</summary>
    public const int PatchSide = 24;

    /// <summary>The most faces that a step of one net gives to it together.</summary>
    public const int LargestBatch = 16;

    private readonly BatchSize _size;
    private readonly IExecutor<PatchRunner> _executor;
    private readonly Action<PatchRunner, int> _runBatch;
    private IReadOnlyList<Face> _faces = [];
    private Face[] _refined = [];
    private BgrImage? _image;
    private int _batches;

    /// <summary>Makes the step of a net.</summary>
    /// <param name="net">The landmark net (see <see cref="NetworkDefinition.Landmarks"/>) with its weights.</param>
    public LandmarkRefinement(Net net)
        : this(new SequentialExecutor<PatchRunner>(new PatchRunner(net)), BatchSize.Undivided(LargestBatch))
    {
    }

    internal LandmarkRefinement(IExecutor<PatchRunner> executor)
        : this(executor, new BatchSize(Smallest: 2, LargestBatch))
    {
    }

    private LandmarkRefinement(IExecutor<PatchRunner> executor, BatchSize size)
    {
        _executor = executor;
        _size = size;
        _runBatch = RunBatch;
    }

    /// <summary>Refines the landmarks of faces.</summary>
    /// <param name="image">The image.</param>
    /// <param name="faces">The faces found in it.</param>
    /// <returns>The same faces in the same order, with refined landmarks.</returns>
    public IReadOnlyList<Face> Run(ImageView image, IReadOnlyList<Face> faces)
    {
        using BgrImage pixels = BgrImage.Of(image);
        return Refine(pixels, faces);
    }

    /// <inheritdoc cref="Run"/>
    internal IReadOnlyList<Face> Refine(BgrImage image, IReadOnlyList<Face> faces)
    {
        Face[] refined = new Face[faces.Count];
        _image = image;
        _faces = faces;
        _refined = refined;
        _batches = _size.BatchesOf(faces.Count);
        try
        {
            _executor.Run(_batches, _runBatch);
        }
        finally
        {
            _image = null;
            _faces = [];
            _refined = [];
        }

        return refined;
    }

    private void RunBatch(PatchRunner runner, int batch)
    {
        (int first, int count) = _size.PartOf(_faces.Count, _batches, batch);
        runner.Run(_image!, _faces, first, count, _refined);
    }
}
