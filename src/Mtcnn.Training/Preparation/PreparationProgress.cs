namespace Mtcnn.Training.Preparation;

/// <summary>How far a preparation of crops is.</summary>
/// <param name="Pictures">The pictures done, those of a run before among them.</param>
/// <param name="Total">All pictures.</param>
/// <param name="Crops">The crops cut, those of a run before among them.</param>
public readonly record struct PreparationProgress(int Pictures, int Total, long Crops);
