namespace Mtcnn.Training.Preparation;

/// <summary>The progress of a preparation of crops.</summary>
/// <param name="Images">The number of processed images, including those of previous runs.</param>
/// <param name="Total">The total number of images.</param>
/// <param name="Crops">The number of crops, including those of previous runs.</param>
public readonly record struct PreparationProgress(int Images, int Total, long Crops);
