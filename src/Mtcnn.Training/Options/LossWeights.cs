namespace Mtcnn.Training.Options;

/// <summary>The weights of the tasks' losses. The defaults are those of the reference.</summary>
/// <param name="Classification">The weight of classification: the mean cross entropy of the rows with a label.</param>
/// <param name="Offsets">The weight of the box: half the mean squared distance of the rows with offsets.</param>
/// <param name="Points">The weight of the landmarks: half the mean squared distance of the rows with points.</param>
public sealed record LossWeights(float Classification = 1, float Offsets = 0.5f, float Points = 1);
