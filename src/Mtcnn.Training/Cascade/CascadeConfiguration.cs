namespace Mtcnn.Training.Cascade;

/// <summary>The configuration of a training run, from photos to the cascade's weights.</summary>
internal sealed record CascadeConfiguration
{
    /// <summary>The random seed. The same seed gives the same weights.</summary>
    public required uint Seed { get; init; }

    /// <summary>The sets of photos for training.</summary>
    public required IReadOnlyList<CascadePhotos> Photos { get; init; }

    /// <summary>The sets that the cascade is measured on at the end.</summary>
    public required IReadOnlyList<CascadePhotos> Measured { get; init; }

    /// <summary>12net.</summary>
    public required CascadeNet Proposal { get; init; }

    /// <summary>24net.</summary>
    public required CascadeNet Refinement { get; init; }

    /// <summary>48net.</summary>
    public required CascadeNet Output { get; init; }

    /// <summary>The landmark net, which refines 48net's landmarks; null for none.</summary>
    public CascadeNet? Landmarks { get; init; }
}
