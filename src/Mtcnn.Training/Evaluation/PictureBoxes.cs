using Mtcnn.Faces;

namespace Mtcnn.Training.Evaluation;

/// <summary>The marked and the detected boxes of a picture.</summary>
/// <param name="Marked">The marked faces.</param>
/// <param name="Detected">The detections, in any order.</param>
internal sealed record PictureBoxes(IReadOnlyList<MarkedBox> Marked, IReadOnlyList<ScoredBox> Detected);
