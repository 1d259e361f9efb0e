namespace Mtcnn.Training.Options;

/// <summary>How much the losses of the tasks count; the reference's, unless said otherwise.</summary>
/// <param name="Classification">Face or none: the mean cross entropy of the rows with a label.</param>
/// <param name="Offsets">The box: half the mean squared distance of the rows with offsets.</param>
/// <param name="Points">The landmarks: half the mean squared distance of the rows with points.</param>
public sealed record LossWeights(float Classification = 1, float Offsets = 0.5f, float Points = 1);
