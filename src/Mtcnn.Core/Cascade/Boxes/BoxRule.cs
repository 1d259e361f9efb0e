using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Cascade.Boxes;

/// <summary>What becomes of a box before or after suppression.</summary>
/// <param name="box">The box.</param>
/// <param name="offsets">The network's correction of it.</param>
/// <param name="image">The image's size.</param>
/// <returns>The box from here on, or null if it is dropped.</returns>
internal delegate Box? BoxRule(Box box, BoxOffsets offsets, ImageSize image);
