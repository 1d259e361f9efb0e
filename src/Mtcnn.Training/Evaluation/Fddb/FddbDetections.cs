using Mtcnn.Faces;
using Mtcnn.Pixels;
using Mtcnn.Training.Annotations;

namespace Mtcnn.Training.Evaluation.Fddb;

/// <summary>What was found in a picture of FDDB.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Size">Its size; pixels outside do not count.</param>
/// <param name="Detected">The detections, in any order.</param>
public sealed record FddbDetections(FddbPicture Picture, ImageSize Size, IReadOnlyList<ScoredBox> Detected);
