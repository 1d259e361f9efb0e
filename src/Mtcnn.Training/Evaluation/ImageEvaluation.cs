using Mtcnn.Faces;

namespace Mtcnn.Training.Evaluation;

/// <summary>What a detector found of the marked faces of one image.</summary>
/// <param name="Matches">A match for every marked face, in their order.</param>
/// <param name="Others">The detections that fit no marked face.</param>
public sealed record ImageEvaluation(IReadOnlyList<FaceMatch> Matches, IReadOnlyList<Face> Others);
