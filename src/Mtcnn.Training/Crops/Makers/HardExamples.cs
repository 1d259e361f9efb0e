using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CaffeSharp;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Cascade.Stages;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Training.Options;
using OpenCvSharp;

namespace Mtcnn.Training.Crops.Makers;

/// <summary>Cuts the detections of the previous nets, classified by their overlap with a face.</summary>
internal sealed class HardExamples : ICropMaker, IDisposable
{
    private readonly int _side;
    private readonly CropOptions _options;

    // Owns the shared weights and does not detect, because a running net cannot share its weights.
    private readonly CascadeStart _weights;
    private readonly ConcurrentBag<CascadeStart> _idle = [];
    private readonly Lock _making = new();

    public HardExamples(int side, IReadOnlyList<string> weights, CropOptions options)
    {
        _side = side;
        _options = options;
        _weights = CascadeStart.Load(
            weights,
            new PyramidSettings { MinimumFace = options.SmallestHardFace },
            new Thresholds(options.ProposalThreshold, options.RefinementThreshold, Output: 0));
    }

    public void Make(MarkedImage image, SplitMix random, Action<Crop> add)
    {
        int negatives = 0;
        foreach (ScoredBox found in Find(image.Image))
        {
            Rect region = RegionOf(found.Box);
            Box box = FaceCrops.BoxOf(region);
            (MarkedFace? face, double overlap) = image.NearestOf(box);
            if (FaceCrops.KindOf(face, overlap, _options) is { } kind)
            {
                add(FaceCrops.Of(kind, face!, image, region, _side));
            }
            else if (negatives < _options.HardNegativesOfImage && image.IsNegative(box, _options))
            {
                negatives++;
                add(FaceCrops.Negative(image, region, _side));
            }
        }
    }

    public void Dispose()
    {
        foreach (CascadeStart idle in _idle)
        {
            idle.Dispose();
        }

        _idle.Clear();
        _weights.Dispose();
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The detector returns to the pool, and is disposed with the others.")]
    private IReadOnlyList<ScoredBox> Find(Mat image)
    {
        if (!_idle.TryTake(out CascadeStart? cascade))
        {
            // Creating a detector requires the place in the thread budget that the caller holds.
            ComputeTurn.Wait(() => cascade = Share());
        }

        try
        {
            return cascade!.Find(image.AsView());
        }
        finally
        {
            _idle.Add(cascade!);
        }
    }

    private CascadeStart Share()
    {
        lock (_making)
        {
            return _weights.Share();
        }
    }

    // At the input size of the next net.
    private static Rect RegionOf(Box box)
    {
        int edge = CascadeStart.Profile.Rules.EdgePixels;
        return new Rect((int)box.Left, (int)box.Top, (int)(box.Right - box.Left) + edge, (int)(box.Bottom - box.Top) + edge);
    }
}
