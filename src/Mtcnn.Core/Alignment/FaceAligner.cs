using Mtcnn.Faces;
using Mtcnn.Pixels;
using Mtcnn.Sampling;

namespace Mtcnn.Alignment;

/// <summary>
/// Turns, scales and moves a face so that its five landmarks come as near as possible to fixed places: the form that face recognition nets are fed with.
/// Immutable and thread-safe.
/// </summary>
/// <remarks>
/// The places are those of the 112 x 112 crops that ArcFace and its successors are trained on (J. Deng et al., "ArcFace: Additive angular
/// margin loss for deep face recognition", 2019), scaled to the size asked for. Pixels are interpolated bilinearly; what lies outside the image is black.
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
    /// How much more of the image to show on each side, in sides of the usual crop, from 0 to 10: with 0.5 the usual crop is the middle half of the result.
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

    /// <summary>Cuts the aligned face out of its image.</summary>
    /// <param name="image">The image that the landmarks are of. Not changed.</param>
    /// <param name="landmarks">The face's landmarks, in pixels of the image.</param>
    /// <exception cref="ArgumentException">The landmarks coincide or are not finite.</exception>
    public AlignedFace Align(ImageView image, Landmarks landmarks)
    {
        ArgumentNullException.ThrowIfNull(image);
        SimilarityTransform transform = TransformOf(landmarks);
        PixelBuffer aligned = new(Size, Size, image.Format);
        using PinnedPixels pixels = image.Pin();
        AffineWarp.Run(pixels, transform.ToMatrix(), aligned);
        return new AlignedFace(aligned, transform, transform.Apply(landmarks));
    }

    /// <summary>Cuts the aligned face out of raw pixels.</summary>
    /// <param name="pixels">The rows of the image from top to bottom.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row's start to the next one's. The last row needs no padding.</param>
    /// <param name="format">How a pixel is laid out.</param>
    /// <param name="landmarks">The face's landmarks, in pixels of the image.</param>
    /// <exception cref="ArgumentException">The sizes do not fit each other or the buffer, or the landmarks coincide or are not finite.</exception>
    public AlignedFace Align(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format, Landmarks landmarks) =>
        ImageView.Use(pixels, width, height, stride, format, image => Align(image, landmarks));
}
