namespace Mtcnn.Training.Evaluation.Fddb;

/// <summary>What all detections of at least a score are worth.</summary>
/// <param name="Score">The least score.</param>
/// <param name="FalsePositives">How many detections do not overlap their own face by more than half; the x axis of both curves.</param>
/// <param name="Discrete">The share of faces that their own detection overlaps by more than half, from 0 to 1.</param>
/// <param name="Continuous">The sum of the overlaps of faces and their detections over the number of faces, from 0 to 1.</param>
public readonly record struct FddbRocPoint(double Score, int FalsePositives, double Discrete, double Continuous);
