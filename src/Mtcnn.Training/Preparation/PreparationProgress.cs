namespace Mtcnn.Training.Preparation;

/// <summary>How far a preparation of crops is.</summary>
/// <param name="Images">The images done, those of a run before among them.</param>
/// <param name="Total">All images.</param>
/// <param name="Crops">The crops cut, those of a run before among them.</param>
public readonly record struct PreparationProgress(int Images, int Total, long Crops);
