namespace Mtcnn.Training.Options;

/// <summary>What the rows of a training batch are.</summary>
public enum BatchComposition
{
    /// <summary>Every batch has crops of every kind: negatives and positives have labels, positives and parts offsets, landmark crops points.</summary>
    Mixed,

    /// <summary>The reference's way: every batch is of one task, drawn at random: labels, offsets or points.</summary>
    SingleTask,
}
