namespace Mtcnn.Training.Nets;

/// <summary>The results of a net on validation crops. A figure is null if there are no crops for it.</summary>
public sealed record NetValidation
{
    /// <summary>The number of classified negatives and positives.</summary>
    public int ClassifiedCrops { get; init; }

    /// <summary>The mean cross entropy of the classification.</summary>
    public double? ClassificationLoss { get; init; }

    /// <summary>The share of crops that are classified correctly at a face probability of 0.5.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The share of positives that pass the net in the cascade, at the threshold of the profile <c>authors</c>.</summary>
    public double? Recall { get; init; }

    /// <summary>The share of negatives that pass the net.</summary>
    public double? FalsePositiveRate { get; init; }

    /// <summary>The number of positives and parts with corrected boxes.</summary>
    public int RegressedCrops { get; init; }

    /// <summary>Half the mean squared distance of their offsets.</summary>
    public double? OffsetLoss { get; init; }

    /// <summary>The number of crops with predicted landmarks.</summary>
    public int LandmarkCrops { get; init; }

    /// <summary>Half the mean squared distance of their points.</summary>
    public double? PointLoss { get; init; }

    /// <summary>The mean error of a landmark, in eye distances; for the landmark net, in sides of a patch.</summary>
    public double? LandmarkError { get; init; }

    /// <summary>The share of crops whose mean error is above 0.1.</summary>
    public double? LandmarkFailures { get; init; }
}
