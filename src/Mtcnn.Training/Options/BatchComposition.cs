namespace Mtcnn.Training.Options;

/// <summary>The composition of a training batch.</summary>
public enum BatchComposition
{
    /// <summary>Every batch has crops of every kind: negatives and positives have labels, positives and parts offsets, landmark crops points.</summary>
    Mixed,

    /// <summary>As in the reference, every batch has one task, chosen at random: labels, offsets or points.</summary>
    SingleTask,
}
