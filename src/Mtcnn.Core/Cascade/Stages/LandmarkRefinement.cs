using CaffeSharp;
using OpenCvSharp;

namespace Mtcnn.Detection;

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
    private readonly ICrew<PatchRunner> _crew;
    private readonly Action<PatchRunner, int> _runBatch;
    private IReadOnlyList<Face> _faces = [];
    private Face[] _refined = [];
    private Mat? _picture;
    private int _batches;

    /// <summary>Makes the step of a net.</summary>
    /// <param name="net">The landmark net (see <see cref="NetworkDefinitions.Landmarks"/>) with its weights.</param>
    public LandmarkRefinement(Net net)
        : this(new SoloCrew<PatchRunner>(new PatchRunner(net)), BatchSize.Undivided(LargestBatch))
    {
    }

    internal LandmarkRefinement(ICrew<PatchRunner> crew)
        : this(crew, new BatchSize(Smallest: 2, LargestBatch))
    {
    }

    private LandmarkRefinement(ICrew<PatchRunner> crew, BatchSize size)
    {
        _crew = crew;
        _size = size;
        _runBatch = RunBatch;
    }

    /// <summary>Refines the landmarks of faces.</summary>
    /// <param name="picture">The picture, 8-bit BGR.</param>
    /// <param name="faces">The faces found in it.</param>
    /// <returns>The same faces in the same order, with refined landmarks.</returns>
    /// <exception cref="ArgumentException">The picture is not 8-bit BGR.</exception>
    public IReadOnlyList<Face> Run(Mat picture, IReadOnlyList<Face> faces)
    {
        _ = Picture.SizeOf(picture);
        Face[] refined = new Face[faces.Count];
        _picture = picture;
        _faces = faces;
        _refined = refined;
        _batches = _size.BatchesOf(faces.Count);
        try
        {
            _crew.Run(_batches, _runBatch);
        }
        finally
        {
            _picture = null;
            _faces = [];
            _refined = [];
        }

        return refined;
    }

    private void RunBatch(PatchRunner runner, int batch)
    {
        (int first, int count) = _size.PartOf(_faces.Count, _batches, batch);
        runner.Run(_picture!, _faces, first, count, _refined);
    }
}
