using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Extensions;

/// <summary>What was found in an image. Immutable.</summary>
/// <param name="Size">The size of the upright image, of whose pixels the coordinates are.</param>
/// <param name="Faces">The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>).</param>
public sealed record DetectedFaces(ImageSize Size, IReadOnlyList<Face> Faces);
