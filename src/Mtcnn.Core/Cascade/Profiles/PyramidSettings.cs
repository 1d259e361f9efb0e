namespace Mtcnn.Cascade.Profiles;

/// <summary>What a caller may say about the sizes of faces, for <see cref="CascadeProfile.Levels"/>.</summary>
public sealed record PyramidSettings
{
    /// <summary>The step from one level to the next, above 0 and below 1. The published value: 0.709, about half the area.</summary>
    public double Factor { get; init; } = 0.709;

    /// <summary>The side of the smallest face that is looked for, in pixels; null for the profile's own rule.</summary>
    public double? MinimumFace { get; init; }

    /// <summary>The side of the largest face that is looked for, in pixels; null for no limit.</summary>
    public double? MaximumFace { get; init; }
}
