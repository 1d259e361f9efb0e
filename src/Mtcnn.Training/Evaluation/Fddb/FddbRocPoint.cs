namespace Mtcnn.Training.Evaluation.Fddb;

/// <summary>The rates of all detections with at least a score.</summary>
/// <param name="Score">The minimum score.</param>
/// <param name="FalsePositives">The number of detections that do not overlap their face by more than half; the x axis of both curves.</param>
/// <param name="Discrete">The share of faces that their detection overlaps by more than half, from 0 to 1.</param>
/// <param name="Continuous">The sum of the overlaps of faces and their detections over the number of faces, from 0 to 1.</param>
public readonly record struct FddbRocPoint(double Score, int FalsePositives, double Discrete, double Continuous);
