using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using OpenCvSharp;

namespace Mtcnn.Alignment;

/// <summary>Alignment and cropping of faces in OpenCV's images, of any type that OpenCV can warp. Thread-safe.</summary>
public static class AlignmentMats
{
    /// <summary>Cuts the aligned face out of its image.</summary>
    /// <param name="aligner">Says where the landmarks go.</param>
    /// <param name="image">The image that the landmarks are of; any type that OpenCV can warp. Not changed.</param>
    /// <param name="landmarks">The face's landmarks, in pixels of the image.</param>
    /// <returns>The aligned face; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The image is empty, or the landmarks coincide or are not finite.</exception>
    public static AlignedMat Align(this FaceAligner aligner, Mat image, Landmarks landmarks)
    {
        ArgumentNullException.ThrowIfNull(aligner);
        ImageGuard.ThrowIfNoImage(image);
        SimilarityTransform transform = aligner.TransformOf(landmarks);
        Mat aligned = new();
        try
        {
            using Mat matrix = Mat.FromPixelData(2, 3, MatType.CV_64FC1, transform.ToMatrix());
            Cv2.WarpAffine(image, aligned, matrix, new Size(aligner.Size, aligner.Size), InterpolationFlags.Linear, BorderTypes.Constant, Scalar.All(0));
            return new AlignedMat(aligned, transform, transform.Apply(landmarks));
        }
        catch
        {
            aligned.Dispose();
            throw;
        }
    }

    /// <summary>Cuts a box out of an image. What lies outside the image is black.</summary>
    /// <param name="cropper">Says how much more to show than the box.</param>
    /// <param name="image">The image. Not changed.</param>
    /// <param name="box">The box, in pixels of the image; may leave it.</param>
    /// <returns>Its own Mat, of the image's type; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The image is empty, or the box is empty, not finite, or larger than any image.</exception>
    public static Mat Crop(this FaceCropper cropper, Mat image, Box box)
    {
        ArgumentNullException.ThrowIfNull(cropper);
        ImageGuard.ThrowIfNoImage(image);
        PixelRect region = cropper.RegionOf(box);
        Mat crop = new(region.Height, region.Width, image.Type(), Scalar.All(0));
        PixelRect inside = region.Intersect(new PixelRect(0, 0, image.Width, image.Height));
        if (!inside.IsEmpty)
        {
            using Mat from = image.SubMat(new Rect(inside.X, inside.Y, inside.Width, inside.Height));
            using Mat to = crop.SubMat(new Rect(inside.X - region.X, inside.Y - region.Y, inside.Width, inside.Height));
            from.CopyTo(to);
        }

        return crop;
    }
}
