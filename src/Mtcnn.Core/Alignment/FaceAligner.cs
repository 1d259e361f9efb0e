using Mtcnn.Detection;
using Mtcnn.Imaging;
using OpenCvSharp;

namespace Mtcnn.Alignment;

/// <summary>
/// Turns, scales and moves a face so that its five landmarks come as near as possible to fixed places: the form that face recognition nets are fed with.
/// Immutable and thread-safe.
/// </summary>
/// <remarks>
/// The places are those of the 112 x 112 crops that ArcFace and its successors are trained on (J. Deng et al., "ArcFace: Additive angular
/// margin loss for deep face recognition", 2019), scaled to the size asked for. Pixels are interpolated bilinearly; what lies outside the picture is black.
/// </remarks>
public sealed class FaceAligner
{
    /// <summary>The side of the usual template in pixels.</summary>
    public const int TemplateSize = 112;

    private const int MaximumSize = 1 << 14;

    private static readonly Landmarks UsualTemplate = new(
        new(38.2946, 51.6963), new(73.5318, 51.5014), new(56.0252, 71.7366), new(41.5493, 92.3655), new(70.7299, 92.2041));

    /// <summary>Prepares alignment to one size.</summary>
    /// <param name="size">The side of the result in pixels, from 1 to 16384.</param>
    /// <param name="margin">
    /// How much more of the picture to show on each side, in sides of the usual crop, from 0 to 10: with 0.5 the usual crop is the middle half of the result.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The size or the margin is out of its range.</exception>
    public FaceAligner(int size = TemplateSize, double margin = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaximumSize);
        if (!(margin is >= 0 and <= 10))
        {
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "The margin is from 0 to 10 sides of the crop.");
        }

        Size = size;
        double scale = size / (TemplateSize * (1 + (2 * margin)));
        double border = size * margin / (1 + (2 * margin));
        Template = new SimilarityTransform(scale, 0, border, border).Apply(UsualTemplate);
    }

    /// <summary>The side of the result in pixels.</summary>
    public int Size { get; }

    /// <summary>Where the landmarks of an aligned face should be, in pixels of the result.</summary>
    public Landmarks Template { get; }

    /// <summary>The transform that aligns a face with these landmarks.</summary>
    /// <exception cref="ArgumentException">The landmarks coincide or are not finite.</exception>
    public SimilarityTransform TransformOf(Landmarks landmarks) => SimilarityTransform.Fit(landmarks.ToArray(), Template.ToArray());

    /// <summary>Cuts the aligned face out of its picture.</summary>
    /// <param name="image">The picture that the landmarks are of; any type that OpenCV can warp. Not changed.</param>
    /// <param name="landmarks">The face's landmarks, in pixels of the picture.</param>
    /// <returns>The aligned face; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The picture is empty, or the landmarks coincide or are not finite.</exception>
    public AlignedFace Align(Mat image, Landmarks landmarks)
    {
        PictureGuard.ThrowIfNoPicture(image);
        SimilarityTransform transform = TransformOf(landmarks);
        Mat aligned = new();
        try
        {
            using Mat matrix = Mat.FromPixelData(2, 3, MatType.CV_64FC1, transform.ToMatrix());
            Cv2.WarpAffine(image, aligned, matrix, new Size(Size, Size), InterpolationFlags.Linear, BorderTypes.Constant, Scalar.All(0));
            return new AlignedFace(aligned, transform, transform.Apply(landmarks));
        }
        catch
        {
            aligned.Dispose();
            throw;
        }
    }
}
