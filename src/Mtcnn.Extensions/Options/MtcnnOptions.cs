using CaffeSharp;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Detection;
using Mtcnn.Imaging;
using Mtcnn.Models;

namespace Mtcnn.Extensions;

/// <summary>
/// How an application looks for faces, in a form that configuration can fill: names and numbers only. Read once, when the detector is made;
/// checked when the host starts. What is not set has the profile's published value.
/// </summary>
public sealed class MtcnnOptions
{
    /// <summary>The section of the configuration that is meant for this, by convention.</summary>
    public const string SectionName = "Mtcnn";

    /// <summary>The largest <see cref="MaximumRunning"/>.</summary>
    public const int LargestMaximumRunning = FaceDetectorOptions.LargestThreads;

    /// <summary>The largest <see cref="MaximumWaiting"/>.</summary>
    public const int LargestMaximumWaiting = 1_000_000;

    /// <summary>The largest <see cref="MaximumPixels"/>.</summary>
    public const long LargestMaximumPixels = ImageReader.LargestMaximumPixels;

    /// <summary>The way to run the cascade, as <see cref="CascadeProfile.Parse"/> reads it: authors or mtcnn-caffe.</summary>
    public string Profile { get; set; } = CascadeProfile.Authors.Name;

    /// <summary>The thresholds of the three nets.</summary>
    public ThresholdOptions Thresholds { get; set => field = value ?? new ThresholdOptions(); } = new();

    /// <inheritdoc cref="FaceDetectorOptions.RefineLandmarks"/>
    public bool RefineLandmarks { get; set; }

    /// <inheritdoc cref="FaceDetectorOptions.MinimumFace"/>
    public double? MinimumFace { get; set; }

    /// <inheritdoc cref="FaceDetectorOptions.MaximumFace"/>
    public double? MaximumFace { get; set; }

    /// <inheritdoc cref="FaceDetectorOptions.PyramidFactor"/>
    public double PyramidFactor { get; set; } = 0.709;

    /// <inheritdoc cref="FaceDetectorOptions.Selection"/>
    public FaceSelection Selection { get; set; }

    /// <inheritdoc cref="FaceDetectorOptions.MaximumFaces"/>
    public int? MaximumFaces { get; set; }

    /// <summary>The one folder that holds the weights; null for the places where <see cref="ModelLocator"/> looks.</summary>
    public string? ModelsFolder { get; set; }

    /// <summary>Where the nets run, as <see cref="CaffeSharp.Device.Parse"/> reads it: cpu, gpu or gpu:N.</summary>
    public string Device { get; set; } = "cpu";

    /// <inheritdoc cref="FaceDetectorOptions.Engine"/>
    public Engine Engine { get; set; } = Engine.Accelerated;

    /// <inheritdoc cref="FaceDetectorOptions.Threads"/>
    public int? Threads { get; set; }

    /// <summary>
    /// The most images in progress at a time, from 1 to 1024; null for <see cref="CaffeRuntime.Threads"/>, which is the most that is of use: a
    /// larger number counts as that.
    /// </summary>
    public int? MaximumRunning { get; set; }

    /// <summary>The most callers that wait for their turn, from 0 to 1,000,000. One more gets a <see cref="DetectionQueueFullException"/>.</summary>
    public int MaximumWaiting { get; set; } = 64;

    /// <summary>The most pixels (width times height) that an encoded image may claim, from 1 to 2^30; checked before it is decoded.</summary>
    public long MaximumPixels { get; set; } = ImageReader.DefaultMaximumPixels;

    /// <summary><see cref="MaximumRunning"/>, or what null stands for.</summary>
    internal int RunningAtMost => Math.Min(MaximumRunning ?? CaffeRuntime.Threads, CaffeRuntime.Threads);

    /// <summary>The detector's own options, with the weights found.</summary>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    /// <exception cref="FormatException">There is no such device.</exception>
    /// <exception cref="ModelException">Weights are missing.</exception>
    internal FaceDetectorOptions ToDetectorOptions()
    {
        CascadeProfile profile = CascadeProfile.Parse(Profile);
        return new FaceDetectorOptions
        {
            Profile = profile,
            Thresholds = Thresholds.Over(profile.Thresholds),
            RefineLandmarks = RefineLandmarks,
            MinimumFace = MinimumFace,
            MaximumFace = MaximumFace,
            PyramidFactor = PyramidFactor,
            Selection = Selection,
            MaximumFaces = MaximumFaces,
            Models = ModelFiles.Locate(ModelsFolder, RefineLandmarks),
            Device = CaffeSharp.Device.Parse(Device),
            Engine = Engine,
            Threads = Threads,
        };
    }
}
