namespace Mtcnn.Training.Cascade;

/// <summary>A whole run of training: from photos to the cascade's weights.</summary>
internal sealed record CascadeConfiguration
{
    /// <summary>Of everything random.</summary>
    public required uint Seed { get; init; }

    /// <summary>What is trained on.</summary>
    public required IReadOnlyList<CascadePhotos> Photos { get; init; }

    /// <summary>What the cascade is measured on at the end.</summary>
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
