namespace Mtcnn.Training.Cascade;

/// <summary>A set of annotated photos in a <see cref="CascadeConfiguration"/>.</summary>
internal sealed record CascadePhotos
{
    /// <summary>The file of annotations, as seen from the folder of data.</summary>
    public required string Annotations { get; init; }

    /// <summary>Whether what is outside the marked faces is not a face; null for what is usual for such a set.</summary>
    public bool? EveryFaceIsMarked { get; init; }

    /// <summary>Whether boxes are made of the points although there are boxes; null for what is usual for such a set.</summary>
    public bool? BoxesFromPoints { get; init; }

    /// <summary>Of so many images the last is left out of the training, or is the only one that is measured with; null for all.</summary>
    public int? HeldOutOfEvery { get; init; }
}
