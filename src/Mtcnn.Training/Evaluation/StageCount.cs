namespace Mtcnn.Training.Evaluation;

/// <summary>The boxes and faces of an image that are left after a net.</summary>
/// <param name="Boxes">The number of boxes that pass the net.</param>
/// <param name="Faces">The number of marked faces that at least one of the boxes fits.</param>
public readonly record struct StageCount(int Boxes, int Faces);
