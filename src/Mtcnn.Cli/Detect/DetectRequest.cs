using Mtcnn.Cli.Inputs;
using Mtcnn.Detection;

namespace Mtcnn.Cli.Detect;

/// <summary>What `mtcnn detect` was asked to do.</summary>
internal sealed record DetectRequest
{
    public required IReadOnlyList<string> Paths { get; init; }

    public required bool Recursive { get; init; }

    /// <summary>Which of the images.</summary>
    public required Shard Shard { get; init; }

    public required FaceDetectorOptions Detector { get; init; }

    /// <summary>One of <see cref="OutputFormat.Names"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Where the results go and what an earlier run may have begun; null for standard output.</summary>
    public required string? OutputPath { get; init; }

    public required string? DrawFolder { get; init; }

    public required string? AlignFolder { get; init; }

    /// <summary>Side of an aligned face in pixels.</summary>
    public required int AlignSize { get; init; }

    /// <summary>Images at a time; null for as many as there are cores.</summary>
    public required int? Jobs { get; init; }
}
