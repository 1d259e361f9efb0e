using BenchmarkDotNet.Attributes;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using Mtcnn.Sampling;
using OpenCvSharp;

namespace Mtcnn.Benchmarks;

/// <summary>A pyramid level and a crop, from the image into a network's input, beside OpenCV's resizing alone.</summary>
[MemoryDiagnoser]
public class ResamplingBenchmarks
{
    private readonly float[] _planes = new float[3 * 600 * 600];
    private Mat _image = new();
    private BgrImage? _pixels;
    private CascadeProfile _profile = CascadeProfile.Authors;

    [Params("authors", "mtcnn-caffe")]
    public string Profile { get; set; } = CascadeProfile.Authors.Name;

    /// <summary>The side after resampling; 24 is a crop of 61 x 61 pixels, the others are levels.</summary>
    [Params(24, 150, 307, 600)]
    public int Side { get; set; }

    private Rect Region => Side == 24 ? new Rect(100, 100, 61, 61) : new Rect(0, 0, _image.Width, _image.Height);

    [GlobalSetup]
    public void Open()
    {
        _image = BenchmarkFiles.ReadImage();
        _pixels = BgrImage.Of(_image.AsView());
        _profile = CascadeProfile.Parse(Profile);
    }

    [GlobalCleanup]
    public void Close()
    {
        _pixels?.Dispose();
        _image.Dispose();
    }

    [Benchmark]
    public void IntoTheInput() =>
        _profile.Rules.Resample(_pixels!, new Resampling(new PixelRect(Region.X, Region.Y, Region.Width, Region.Height), new ImageSize(Side, Side), _profile.Rules.Planes), _planes.AsSpan(0, 3 * Side * Side));

    [Benchmark(Baseline = true)]
    public void OpenCvResizeAlone()
    {
        using Mat part = new(_image, Region);
        using Mat resized = new();
        Cv2.Resize(part, resized, new Size(Side, Side), 0, 0, Side < part.Width ? InterpolationFlags.Area : InterpolationFlags.Linear);
    }
}
