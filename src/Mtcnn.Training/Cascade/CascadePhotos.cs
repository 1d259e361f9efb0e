namespace Mtcnn.Training.Cascade;

/// <summary>A set of annotated photos in a <see cref="CascadeConfiguration"/>.</summary>
internal sealed record CascadePhotos
{
    /// <summary>The file of annotations, relative to the data folder.</summary>
    public required string Annotations { get; init; }

    /// <summary>Whether every face is marked, so that the rest is background; null for the default of the set's format.</summary>
    public bool? EveryFaceIsMarked { get; init; }

    /// <summary>Whether boxes are computed from the points even if boxes are marked; null for the default of the set's format.</summary>
    public bool? BoxesFromPoints { get; init; }

    /// <summary>The interval n: every n-th image is excluded from training, or is the only one used for measuring; null to use all images.</summary>
    public int? HeldOutOfEvery { get; init; }
}
