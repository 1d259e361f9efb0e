using CaffeSharp;
using Mtcnn.Sampling;

namespace Mtcnn.Cascade.Nets;

/// <summary>A net of Caffe, which is the caller's.</summary>
internal sealed class CaffePass(Net net) : INetPass
{
    private readonly Blob _data = net.Blobs["data"];

    public Span<float> Input(int count, int width, int height)
    {
        _data.Reshape(count, Resampling.Channels, width, height);
        return _data.Overwrite();
    }

    public void Forward() => net.Forward();

    public ReadOnlySpan<float> Output(string blob) => net.Blobs[blob].Data.Span;
}
