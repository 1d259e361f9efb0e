using Mtcnn.Detection;
using Mtcnn.Tracking;

namespace Mtcnn.Cli.Video;

/// <summary>The arguments of one run of `mtcnn video`.</summary>
internal sealed record VideoRequest
{
    /// <summary>A file, or the number of a camera.</summary>
    public required string Source { get; init; }

    public required FaceDetectorOptions Detector { get; init; }

    /// <summary>The tracking options; null to detect faces in each frame separately.</summary>
    public required FaceTrackerOptions? Tracking { get; init; }

    /// <summary>The video file to write, with the faces marked; null to write none.</summary>
    public required string? DrawPath { get; init; }

    /// <summary>The maximum number of frames; null for all.</summary>
    public required int? Frames { get; init; }
}
