using Mtcnn.Faces;

namespace Mtcnn.Training.Evaluation;

/// <summary>A marked face as measures of detection see it.</summary>
/// <param name="Box">The face's box in pixels.</param>
/// <param name="IsIgnored">Whether it counts neither as found nor as missed, and neither does a detection of it.</param>
internal readonly record struct MarkedBox(Box Box, bool IsIgnored = false);
