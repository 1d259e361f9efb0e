namespace Mtcnn.Training.Evaluation;

/// <summary>What is left of an image after a net.</summary>
/// <param name="Boxes">How many boxes it let pass.</param>
/// <param name="Faces">How many of the marked faces at least one of them fits.</param>
public readonly record struct StageCount(int Boxes, int Faces);
