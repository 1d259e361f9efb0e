namespace Mtcnn.Training.Crops;

/// <summary>What a crop is for; the value is the label of its record.</summary>
public enum CropKind
{
    /// <summary>Cut for its five points alone: one square, or the five patches of the landmark net.</summary>
    Landmark = -2,

    /// <summary>A part of a face: for the correction of boxes alone.</summary>
    Part = -1,

    /// <summary>No face.</summary>
    Negative = 0,

    /// <summary>A face.</summary>
    Positive = 1,
}
