namespace Mtcnn.Training.Crops;

/// <summary>The kind of a crop. The value is the label of its record.</summary>
public enum CropKind
{
    /// <summary>A crop for training landmarks only: one square, or the five patches of the landmark net.</summary>
    Landmark = -2,

    /// <summary>A part of a face, for training the correction of boxes only.</summary>
    Part = -1,

    /// <summary>Not a face.</summary>
    Negative = 0,

    /// <summary>A face.</summary>
    Positive = 1,
}
