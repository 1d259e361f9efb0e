using System.Runtime.InteropServices;
using Mtcnn.Sampling;
using OpenCvSharp;
using OpenCvSharp.Dnn;

namespace Mtcnn.Suite.Rivals;

/// <summary>A network in OpenCV's DNN module, read from the same prototxt and caffemodel. Its threads are <see cref="Cv2.SetNumThreads"/>'s.</summary>
internal sealed class CvDnnPass : IEnginePass
{
    private readonly Net _net;
    private readonly string[] _names;
    private Mat[] _outputs = [];
    private float[] _values = [];
    private int[] _shape = [];

    /// <param name="name">The net's name.</param>
    public CvDnnPass(string name)
    {
        string path = Path.Combine(BenchmarkFolders.Work, "models", name);
        _net = CvDnn.ReadNetFromCaffe($"{path}.prototxt", $"{path}.caffemodel")
            ?? throw new InvalidOperationException($"OpenCV does not read {path}.prototxt.");
        _net.SetPreferableBackend(Backend.OPENCV);
        _net.SetPreferableTarget(Target.CPU);
        _names = [.. _net.GetUnconnectedOutLayersNames().OfType<string>()];
    }

    public Span<float> Input(int count, int width, int height)
    {
        _shape = [count, Resampling.Channels, width, height];
        int length = count * Resampling.Channels * width * height;
        if (_values.Length < length)
        {
            _values = GC.AllocateUninitializedArray<float>(length, pinned: true);
        }

        return _values.AsSpan(0, length);
    }

    public void Forward()
    {
        using Mat input = Mat.FromPixelData(_shape, MatType.CV_32FC1, Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0));
        _net.SetInput(input);
        DisposeOutputs();
        _outputs = [.. _names.Select(_ => new Mat())];
        _net.Forward(_outputs, _names);
    }

    public ReadOnlySpan<float> Output(string blob)
    {
        Mat values = _outputs[Array.IndexOf(_names, blob)];
        return MemoryMarshal.Cast<byte, float>(BytesOf(values));
    }

    public void Dispose()
    {
        DisposeOutputs();
        _net.Dispose();
    }

    private static unsafe ReadOnlySpan<byte> BytesOf(Mat values) => new((void*)values.Data, checked((int)(values.Total() * values.ElemSize())));

    private void DisposeOutputs() => Array.ForEach(_outputs, output => output.Dispose());
}
