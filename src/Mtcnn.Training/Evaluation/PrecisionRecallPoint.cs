namespace Mtcnn.Training.Evaluation;

/// <summary>The precision and recall of all detections with at least a score.</summary>
/// <param name="Score">The minimum score.</param>
/// <param name="Recall">The number of found faces divided by the number of marked faces, from 0 to 1.</param>
/// <param name="Precision">The number of correct detections divided by the number of detections, from 0 to 1; NaN if no detection is counted.</param>
public readonly record struct PrecisionRecallPoint(double Score, double Recall, double Precision);
