using CaffeSharp;
using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>Runs a net over crops of a picture, in batches small enough that memory stays bounded whatever the number of crops.</summary>
internal sealed class CropBatches
{
    private const int LargestBatch = 64;
    private const int Channels = 3;

    private readonly Net _net;
    private readonly CascadeProfile _profile;
    private readonly Blob _data;
    private readonly Blob[] _outputs;
    private readonly int _side;

    public CropBatches(Net net, CascadeProfile profile, int side, params ReadOnlySpan<string> outputs)
    {
        _net = net;
        _profile = profile;
        _data = net.Blobs["data"];
        _side = side;
        _outputs = new Blob[outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            _outputs[i] = net.Blobs[outputs[i]];
        }
    }

    /// <summary>Runs the net over one crop a box.</summary>
    /// <returns>For each output, the values of all boxes, box after box.</returns>
    /// <exception cref="ArgumentException">A box holds no pixel.</exception>
    public float[][] Run(Mat picture, IReadOnlyList<ScoredBox> boxes)
    {
        float[][] results = Array.ConvertAll(_outputs, blob => new float[boxes.Count * (blob.Count / blob.Dimension(0))]);
        for (int first = 0; first < boxes.Count; first += LargestBatch)
        {
            int count = Math.Min(LargestBatch, boxes.Count - first);
            Fill(picture, boxes, first, count);
            _net.Forward();
            for (int i = 0; i < results.Length; i++)
            {
                ReadOnlySpan<float> values = _outputs[i].Data.Span;
                values.CopyTo(results[i].AsSpan(first * (values.Length / count)));
            }
        }

        return results;
    }

    private void Fill(Mat picture, IReadOnlyList<ScoredBox> boxes, int first, int count)
    {
        _data.Reshape(count, Channels, _side, _side);
        _net.Reshape();
        Span<float> data = _data.MutableData.Span;
        int length = Channels * _side * _side;
        for (int i = 0; i < count; i++)
        {
            Rect region = RegionOf(boxes[first + i].Box);
            _profile.Resample(picture, new Resampling(region, new ImageSize(_side, _side), _profile.ChannelOrder), data.Slice(i * length, length));
        }
    }

    private Rect RegionOf(Box box)
    {
        Rect region = new(
            (int)box.Left, (int)box.Top, (int)(box.Right - box.Left) + _profile.EdgePixels, (int)(box.Bottom - box.Top) + _profile.EdgePixels);
        return region.Width > 0 && region.Height > 0
            ? region
            : throw new ArgumentException($"The box {box} holds no pixel.", nameof(box));
    }
}
