using BenchmarkDotNet.Attributes;
using CaffeSharp;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Detection;
using Mtcnn.Faces;
using OpenCvSharp;

namespace Mtcnn.Benchmarks;

/// <summary>An image from pixels to faces, on one thread and on all; the weights are those that <c>mtcnn models fetch</c> got.</summary>
[MemoryDiagnoser]
public class DetectionBenchmarks
{
    private Mat _image = new();
    private FaceDetector? _detector;

    [Params("authors", "mtcnn-caffe")]
    public string Profile { get; set; } = CascadeProfile.Authors.Name;

    [Params(Engine.Caffe, Engine.Accelerated)]
    public Engine Engine { get; set; }

    /// <summary>The most threads that the image may use; 0 for all.</summary>
    [Params(1, 0)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _image = BenchmarkFiles.ReadImage();
        _detector = new FaceDetector(new FaceDetectorOptions
        {
            Profile = CascadeProfile.Parse(Profile),
            Engine = Engine,
            Threads = Threads == 0 ? null : Threads,
        });
    }

    [GlobalCleanup]
    public void Close()
    {
        _detector!.Dispose();
        _image.Dispose();
    }

    [Benchmark]
    public IReadOnlyList<Face> Detect() => _detector!.Detect(_image);
}
