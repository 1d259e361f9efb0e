using Mtcnn.Faces;

namespace Mtcnn.Detection;

/// <summary>The faces of one image of many.</summary>
/// <param name="Image">What stands for the image.</param>
/// <param name="Faces">Its faces, the best first; none if it failed.</param>
/// <param name="Error">Why it could not be read; null if it was.</param>
/// <typeparam name="T">What stands for an image.</typeparam>
public sealed record ImageFaces<T>(T Image, IReadOnlyList<Face> Faces, Exception? Error);
