using Mtcnn.Detection;
using OpenCvSharp;

namespace Mtcnn.Alignment;

/// <summary>An aligned face and how it came out of its picture. Owns its pixels: dispose it.</summary>
public sealed class AlignedFace : IDisposable
{
    internal AlignedFace(Mat image, SimilarityTransform transform, Landmarks landmarks)
    {
        Image = image;
        Transform = transform;
        Landmarks = landmarks;
    }

    /// <summary>The aligned face: square, of the picture's type. Lives until this is disposed.</summary>
    public Mat Image { get; }

    /// <summary>Takes points of the picture to points of <see cref="Image"/>; its inverse takes them back.</summary>
    public SimilarityTransform Transform { get; }

    /// <summary>The face's landmarks in <see cref="Image"/>, in pixels: near the template's, never exactly on all five.</summary>
    public Landmarks Landmarks { get; }

    /// <summary>Frees the pixels.</summary>
    public void Dispose() => Image.Dispose();
}
