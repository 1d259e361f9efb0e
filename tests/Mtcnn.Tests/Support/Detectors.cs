using CaffeSharp;
using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Detection;
using Mtcnn.Models;

namespace Mtcnn.Tests.Support;

/// <summary>The detectors that tests share, so that weights are read once, and their models.</summary>
public static class Detectors
{
    private static readonly Lazy<FaceDetector> AuthorsDetector = new(() => new FaceDetector(new FaceDetectorOptions { Models = Models }));
    private static readonly Lazy<FaceDetector> RefiningDetector =
        new(() => new FaceDetector(new FaceDetectorOptions { Models = Models, RefineLandmarks = true }));
    private static readonly Lazy<FaceDetector> MtcnnCaffeDetector =
        new(() => new FaceDetector(new FaceDetectorOptions { Models = Models, Profile = CascadeProfile.MtcnnCaffe }));

    private static readonly Lazy<FaceDetector> OriginalAuthorsDetector =
        new(() => new FaceDetector(new FaceDetectorOptions { Models = Models, RefineLandmarks = true, Engine = Engine.Caffe }));
    private static readonly Lazy<FaceDetector> OriginalMtcnnCaffeDetector =
        new(() => new FaceDetector(new FaceDetectorOptions { Models = Models, Profile = CascadeProfile.MtcnnCaffe, Engine = Engine.Caffe }));

    // Many tests detect concurrently, and additional BLAS threads would slow them down.
    static Detectors() => CaffeRuntime.BlasThreads = 1;

    /// <summary>The original weights.</summary>
    public static ModelFiles Models { get; } = new(
        SharedFiles.Weights("12net"), SharedFiles.Weights("24net"), SharedFiles.Weights("48net"), SharedFiles.Of("models/official/det4.caffemodel"));

    /// <summary>The default detector.</summary>
    public static FaceDetector Authors => AuthorsDetector.Value;

    /// <summary>The default detector with the fourth net.</summary>
    public static FaceDetector Refining => RefiningDetector.Value;

    /// <summary>The detector with the profile mtcnn-caffe.</summary>
    public static FaceDetector MtcnnCaffe => MtcnnCaffeDetector.Value;

    /// <summary>The detector with a profile.</summary>
    public static FaceDetector Of(string profile) => profile == CascadeProfile.Authors.Name ? Authors : MtcnnCaffe;

    /// <summary>The detector with a profile and the original engine; with authors, the fourth net too.</summary>
    public static FaceDetector OriginalOf(string profile) =>
        profile == CascadeProfile.Authors.Name ? OriginalAuthorsDetector.Value : OriginalMtcnnCaffeDetector.Value;

    /// <summary>A new set of nets with the original weights.</summary>
    public static CascadeNets LoadNets() => CascadeNets.Load(Models, Device.Cpu);
}
