namespace Mtcnn.Training.Nets;

/// <summary>What a net says of crops that it has not learnt from. A figure without crops of its kind is null.</summary>
public sealed record NetValidation
{
    /// <summary>Negatives and positives that it classified.</summary>
    public int ClassifiedCrops { get; init; }

    /// <summary>The mean cross entropy of face or none.</summary>
    public double? ClassificationLoss { get; init; }

    /// <summary>The share of crops on whose right side of one half the face probability is.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The share of positives that get past the net in the cascade, at the threshold of the profile <c>authors</c>.</summary>
    public double? Recall { get; init; }

    /// <summary>The share of negatives that get past it.</summary>
    public double? FalsePositiveRate { get; init; }

    /// <summary>Positives and parts whose box it corrected.</summary>
    public int RegressedCrops { get; init; }

    /// <summary>Half the mean squared distance of their offsets.</summary>
    public double? OffsetLoss { get; init; }

    /// <summary>Crops whose landmarks it found.</summary>
    public int LandmarkCrops { get; init; }

    /// <summary>Half the mean squared distance of their points.</summary>
    public double? PointLoss { get; init; }

    /// <summary>The mean distance of a landmark, in distances of the eyes; for the landmark net, in sides of a patch.</summary>
    public double? LandmarkError { get; init; }

    /// <summary>The share of crops whose mean distance is above 0.1.</summary>
    public double? LandmarkFailures { get; init; }
}
