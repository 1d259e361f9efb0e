using Mtcnn.Faces;

namespace Mtcnn.Detection;

/// <summary>The faces of one picture of many.</summary>
/// <param name="Picture">What stands for the picture.</param>
/// <param name="Faces">Its faces, the best first; none where it failed.</param>
/// <param name="Error">Why it could not be read; null where it was.</param>
/// <typeparam name="T">What stands for a picture.</typeparam>
public sealed record PictureFaces<T>(T Picture, IReadOnlyList<Face> Faces, Exception? Error);
