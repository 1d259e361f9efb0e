using Mtcnn.Detection;
using Mtcnn.Tracking;

namespace Mtcnn.Cli.Video;

/// <summary>What `mtcnn video` was asked to do.</summary>
internal sealed record VideoRequest
{
    /// <summary>A file, or the number of a camera.</summary>
    public required string Source { get; init; }

    public required FaceDetectorOptions Detector { get; init; }

    /// <summary>How faces are followed; null to look through each frame by itself.</summary>
    public required FaceTrackerOptions? Tracking { get; init; }

    /// <summary>The video to write, with the faces marked; null for none.</summary>
    public required string? DrawPath { get; init; }

    /// <summary>The most frames to look at; null for all.</summary>
    public required int? Frames { get; init; }
}
