using Mtcnn.Faces;
using OpenCvSharp;

namespace Mtcnn.Alignment;

/// <summary>An aligned face as an OpenCV image, and how it came out of its image. Owns its pixels: dispose it.</summary>
public sealed class AlignedMat : IDisposable
{
    internal AlignedMat(Mat image, SimilarityTransform transform, Landmarks landmarks)
    {
        Image = image;
        Transform = transform;
        Landmarks = landmarks;
    }

    /// <summary>The aligned face: square, of the image's type. Lives until this is disposed.</summary>
    public Mat Image { get; }

    /// <summary>Takes points of the image to points of <see cref="Image"/>; its inverse takes them back.</summary>
    public SimilarityTransform Transform { get; }

    /// <summary>The face's landmarks in <see cref="Image"/>, in pixels: near the template's, never exactly on all five.</summary>
    public Landmarks Landmarks { get; }

    /// <summary>Frees the pixels.</summary>
    public void Dispose() => Image.Dispose();
}
