using CaffeSharp;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Detection;
using OpenCvSharp;

namespace Mtcnn.Suite.Rivals;

/// <summary>The rivals by name.</summary>
internal static class RivalKind
{
    public const string Pycaffe = "pycaffe demo";
    public const string Caffe = "Engine.Caffe";
    public const string CvDnn = "OpenCvSharp CvDnn";
    public const string Onnx = "ONNX Runtime";
    public const string Accelerated = "Engine.Accelerated";

    /// <summary>All, the slowest first; the demo knows one profile alone.</summary>
    public static IReadOnlyList<string> Of(CascadeProfile profile) =>
        profile == CascadeProfile.MtcnnCaffe ? [Pycaffe, Caffe, CvDnn, Onnx, Accelerated] : [Caffe, CvDnn, Onnx, Accelerated];

    /// <summary>Opens one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="profile">The way to run the cascade.</param>
    /// <param name="threads">The threads of an image.</param>
    public static IDetectorRival Open(string name, CascadeProfile profile, int threads)
    {
        if (name == CvDnn)
        {
            // Each of the cascade's threads has its own nets.
            Cv2.SetNumThreads(1);
        }

        return name switch
        {
            Pycaffe => new PycaffeDemo(threads),
            Caffe => new OwnRival(name, new FaceDetectorOptions { Profile = profile, Engine = Engine.Caffe, Threads = threads }),
            Accelerated => new OwnRival(name, new FaceDetectorOptions { Profile = profile, Engine = Engine.Accelerated, Threads = threads }),
            Onnx => new CascadeRival(name, profile, threads, net => new OnnxPass(net, threads: 1)),
            CvDnn => new CascadeRival(name, profile, threads, net => new CvDnnPass(net)),
            _ => throw new ArgumentException($"There is no rival \"{name}\".", nameof(name)),
        };
    }
}
