using CaffeSharp;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Models;

namespace Mtcnn.Detection;

/// <summary>How a <see cref="FaceDetector"/> looks for faces. Immutable; what is not set has the profile's published value.</summary>
public sealed record FaceDetectorOptions
{
    /// <summary>The least <see cref="MinimumFace"/>: below it the image would be enlarged more than twice.</summary>
    public const double LeastMinimumFace = 6;

    /// <summary>The largest <see cref="PyramidFactor"/>: above it there are more levels than anyone can wait for.</summary>
    public const double LargestPyramidFactor = 0.95;

    /// <summary>The largest <see cref="Threads"/>: each thread has its own nets.</summary>
    public const int LargestThreads = 1024;

    /// <summary>The way to run the cascade.</summary>
    public CascadeProfile Profile { get; init; } = CascadeProfile.Authors;

    /// <summary>Whether the fourth net refines the landmarks: about a third less landmark error for one more small net.</summary>
    public bool RefineLandmarks { get; init; }

    /// <summary>The thresholds of the three nets; null for the profile's.</summary>
    public Thresholds? Thresholds { get; init; }

    /// <summary>
    /// The side of the smallest face to look for, in pixels of the image, at least 6; null for the profile's rule (20 for
    /// <see cref="CascadeProfile.Authors"/>; about an 83rd of the longer side of a small image for <see cref="CascadeProfile.MtcnnCaffe"/>). Larger is
    /// faster. Somewhat smaller faces may come along.
    /// </summary>
    public double? MinimumFace { get; init; }

    /// <summary>The step between pyramid levels, above 0 and at most 0.95. Larger finds a little more and costs more time.</summary>
    public double PyramidFactor { get; init; } = 0.709;

    /// <summary>The side of the largest face to look for, in pixels of the image; null for no limit. Larger faces are left out.</summary>
    public double? MaximumFace { get; init; }

    /// <summary>The most faces to give, at least 1; null for all, or for one where <see cref="Selection"/> asks for one.</summary>
    public int? MaximumFaces { get; init; }

    /// <summary>Which faces come first, and with which others than <see cref="FaceSelection.All"/> only the first is given unless <see cref="MaximumFaces"/> says more.</summary>
    public FaceSelection Selection { get; init; }

    /// <summary>The files of weights; null for the ones that <see cref="ModelLocator"/> finds.</summary>
    public ModelFiles? Models { get; init; }

    /// <summary>Where the nets run.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>
    /// The most threads that one image may use, at least 1; null for <see cref="CaffeRuntime.Threads"/>, and for one on a GPU. It uses those
    /// that nothing else of the process's thread budget needs at the moment. The faces are the same whatever it is.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary><see cref="Threads"/>, or what null stands for.</summary>
    internal int ThreadsOfImage => Threads ?? (Device == Device.Cpu ? CaffeRuntime.Threads : 1);

    /// <summary>
    /// What runs the nets' layers on the CPU; the faces are the same to rounding. The accelerated engine is the faster by several times;
    /// <see cref="Engine.Caffe"/> gives the original's numbers bit for bit. On a GPU all layers are Caffe's, whatever it is.
    /// </summary>
    public Engine Engine { get; init; } = Engine.Accelerated;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it and the range.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Profile);
        Thresholds?.Validate();
        ThrowUnless(MinimumFace is null or (>= LeastMinimumFace and < double.PositiveInfinity), MinimumFace, nameof(MinimumFace), $"is at least {LeastMinimumFace} pixels");
        ThrowUnless(PyramidFactor is > 0 and <= LargestPyramidFactor, PyramidFactor, nameof(PyramidFactor), $"is above 0 and at most {LargestPyramidFactor}");
        ThrowUnless(MaximumFace is null or > 0, MaximumFace, nameof(MaximumFace), "is above 0 pixels");
        ThrowUnless(!(MaximumFace < MinimumFace), MaximumFace, nameof(MaximumFace), $"is not below {nameof(MinimumFace)} ({MinimumFace})");
        ThrowUnless(MaximumFaces is null or > 0, MaximumFaces, nameof(MaximumFaces), "is at least 1");
        ThrowUnless(Enum.IsDefined(Selection), Selection, nameof(Selection), $"is one of {string.Join(", ", Enum.GetNames<FaceSelection>())}");
        ThrowUnless(Threads is null or (> 0 and <= LargestThreads), Threads, nameof(Threads), $"is from 1 to {LargestThreads}");
        ThrowUnless(Enum.IsDefined(Engine), Engine, nameof(Engine), $"is one of {string.Join(", ", Enum.GetNames<Engine>())}");
        if (RefineLandmarks && Models is { Landmarks: null })
        {
            throw new ArgumentException($"{nameof(RefineLandmarks)} needs the fourth net, and {nameof(Models)} names no file for it.", nameof(RefineLandmarks));
        }
    }

    private static void ThrowUnless(bool condition, object? value, string name, string range)
    {
        if (!condition)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} {range}.");
        }
    }
}
