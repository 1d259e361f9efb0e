using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Alignment;

/// <summary>An aligned face and how it came out of its image.</summary>
/// <param name="Image">The aligned face: square, in the image's pixel format, with its own memory.</param>
/// <param name="Transform">Takes points of the image to points of <paramref name="Image"/>; its inverse takes them back.</param>
/// <param name="Landmarks">The face's landmarks in <paramref name="Image"/>, in pixels: near the template's, never exactly on all five.</param>
public sealed record AlignedFace(PixelBuffer Image, SimilarityTransform Transform, Landmarks Landmarks);
