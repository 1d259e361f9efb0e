namespace Mtcnn.Training.Evaluation;

/// <summary>Precision and recall of all detections of at least a score.</summary>
/// <param name="Score">The least score.</param>
/// <param name="Recall">Faces found over marked faces, from 0 to 1.</param>
/// <param name="Precision">Detections of faces over detections, from 0 to 1; not a number where there is no detection that counts.</param>
public readonly record struct PrecisionRecallPoint(double Score, double Recall, double Precision);
