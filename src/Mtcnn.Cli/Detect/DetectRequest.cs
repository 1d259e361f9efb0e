using Mtcnn.Cli.Inputs;
using Mtcnn.Detection;

namespace Mtcnn.Cli.Detect;

/// <summary>The arguments of one run of `mtcnn detect`.</summary>
internal sealed record DetectRequest
{
    public required IReadOnlyList<string> Paths { get; init; }

    public required bool Recursive { get; init; }

    /// <summary>The part of the images to process.</summary>
    public required Shard Shard { get; init; }

    public required FaceDetectorOptions Detector { get; init; }

    /// <summary>One of <see cref="OutputFormat.Names"/>.</summary>
    public required string Format { get; init; }

    /// <summary>The results file, which an earlier run may have started; null for standard output.</summary>
    public required string? OutputPath { get; init; }

    public required string? DrawFolder { get; init; }

    public required string? AlignFolder { get; init; }

    /// <summary>Side of an aligned face in pixels.</summary>
    public required int AlignSize { get; init; }

    /// <summary>The number of images processed at a time; null for the number of cores.</summary>
    public required int? Jobs { get; init; }
}
