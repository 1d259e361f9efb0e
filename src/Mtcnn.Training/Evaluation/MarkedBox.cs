using Mtcnn.Faces;

namespace Mtcnn.Training.Evaluation;

/// <summary>A marked face for measures of detection.</summary>
/// <param name="Box">The face's box in pixels.</param>
/// <param name="IsIgnored">Whether the face is ignored. An ignored face and its detections are not counted.</param>
internal readonly record struct MarkedBox(Box Box, bool IsIgnored = false);
