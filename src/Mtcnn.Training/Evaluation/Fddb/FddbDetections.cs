using Mtcnn.Faces;
using Mtcnn.Pixels;
using Mtcnn.Training.Annotations;

namespace Mtcnn.Training.Evaluation.Fddb;

/// <summary>The detections in an image of FDDB.</summary>
/// <param name="Image">The image.</param>
/// <param name="Size">Its size; pixels outside are not counted.</param>
/// <param name="Detected">The detections, in any order.</param>
public sealed record FddbDetections(FddbImage Image, ImageSize Size, IReadOnlyList<ScoredBox> Detected);
