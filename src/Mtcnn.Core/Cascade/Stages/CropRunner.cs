using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Faces;
using Mtcnn.Pixels;
using Mtcnn.Sampling;

namespace Mtcnn.Cascade.Stages;

/// <summary>Runs a net over some crops of an image at a time. Not thread-safe. The net is the caller's.</summary>
internal sealed class CropRunner
{
    private readonly INetPass _net;
    private readonly CascadeProfile _profile;
    private readonly CropOutput[] _outputs;
    private readonly int _side;

    /// <param name="net">The net.</param>
    /// <param name="profile">The way to make crops.</param>
    /// <param name="side">The side of a crop as the net sees it, in pixels.</param>
    /// <param name="outputs">The blobs that are required.</param>
    public CropRunner(INetPass net, CascadeProfile profile, int side, CropOutput[] outputs)
    {
        _net = net;
        _profile = profile;
        _side = side;
        _outputs = outputs;
    }

    /// <summary>Runs the net over one crop a box.</summary>
    /// <param name="image">The image.</param>
    /// <param name="boxes">All boxes.</param>
    /// <param name="first">The first of those that are run.</param>
    /// <param name="count">How many are run.</param>
    /// <param name="results">For each output, room for the values of all boxes, box after box.</param>
    /// <exception cref="ArgumentException">A box holds no pixel.</exception>
    public void Run(BgrImage image, IReadOnlyList<ScoredBox> boxes, int first, int count, float[][] results)
    {
        Span<float> data = _net.Input(count, _side, _side);
        int length = data.Length / count;
        for (int i = 0; i < count; i++)
        {
            Resampling crop = new(RegionOf(boxes[first + i].Box), new ImageSize(_side, _side), _profile.Rules.Planes);
            _profile.Rules.Resample(image, crop, data.Slice(i * length, length));
        }

        _net.Forward();
        for (int i = 0; i < results.Length; i++)
        {
            ReadOnlySpan<float> values = _net.Output(_outputs[i].Blob);
            values.CopyTo(results[i].AsSpan(first * (values.Length / count)));
        }
    }

    private PixelRect RegionOf(Box box)
    {
        PixelRect region = new(
            (int)box.Left, (int)box.Top, (int)(box.Right - box.Left) + _profile.Rules.EdgePixels, (int)(box.Bottom - box.Top) + _profile.Rules.EdgePixels);
        return region.Width > 0 && region.Height > 0
            ? region
            : throw new ArgumentException($"The box {box} holds no pixel.", nameof(box));
    }
}
