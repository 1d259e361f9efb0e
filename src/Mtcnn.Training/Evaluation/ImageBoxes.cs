using Mtcnn.Faces;

namespace Mtcnn.Training.Evaluation;

/// <summary>The marked and the detected boxes of an image.</summary>
/// <param name="Marked">The marked faces.</param>
/// <param name="Detected">The detections, in any order.</param>
internal sealed record ImageBoxes(IReadOnlyList<MarkedBox> Marked, IReadOnlyList<ScoredBox> Detected);
