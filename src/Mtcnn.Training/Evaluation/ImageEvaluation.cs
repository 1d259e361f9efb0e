using Mtcnn.Faces;

namespace Mtcnn.Training.Evaluation;

/// <summary>The results of a detector on the marked faces of one image.</summary>
/// <param name="Matches">A match for every marked face, in their order.</param>
/// <param name="Others">The detections that fit no marked face.</param>
public sealed record ImageEvaluation(IReadOnlyList<FaceMatch> Matches, IReadOnlyList<Face> Others);
