using System.Threading.Channels;
using CaffeSharp;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>Detection in OpenCV's images. Images of 8 bits are used without a copy where they are BGR. Thread-safe, as the detector is.</summary>
public static class FaceDetectorMats
{
    /// <summary>Finds the faces in an OpenCV image of BGR, BGRA or gray.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="image">Gray, 3 channels, or 4 with alpha; 8 or 16 bits per channel. Not changed.</param>
    /// <returns>The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>).</returns>
    /// <exception cref="ArgumentException">The image is empty or of another type.</exception>
    /// <exception cref="ObjectDisposedException">The detector or the image was disposed.</exception>
    public static IReadOnlyList<Face> Detect(this FaceDetector detector, Mat image) => detector.Detect(image, ChannelOrder.Bgr);

    /// <summary>Finds the faces in an OpenCV image.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="image">Gray, 3 channels, or 4 with alpha; 8 or 16 bits per channel. Not changed.</param>
    /// <param name="order">The order of the channels where there are 3 or 4.</param>
    /// <inheritdoc cref="Detect(FaceDetector, Mat)"/>
    public static IReadOnlyList<Face> Detect(this FaceDetector detector, Mat image, ChannelOrder order)
    {
        ArgumentNullException.ThrowIfNull(detector);
        using MatImage opened = MatImage.Of(image, order);
        return detector.Detect(opened.Image);
    }

    /// <summary>Finds faces again in an OpenCV image of BGR, BGRA or gray, where they were in another image, by 48net alone.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="image">Gray, 3 channels, or 4 with alpha; 8 or 16 bits per channel. Not changed.</param>
    /// <param name="near">Boxes about where the faces are. Those wholly outside the image are left out.</param>
    /// <returns>The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>). Boxes near one face give it once.</returns>
    /// <exception cref="ArgumentException">The image is empty or of another type.</exception>
    /// <exception cref="ObjectDisposedException">The detector or the image was disposed.</exception>
    public static IReadOnlyList<Face> DetectNear(this FaceDetector detector, Mat image, IReadOnlyList<Box> near) =>
        detector.DetectNear(image, near, ChannelOrder.Bgr);

    /// <summary>Finds faces again in an OpenCV image, where they were in another image, by 48net alone.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="image">Gray, 3 channels, or 4 with alpha; 8 or 16 bits per channel. Not changed.</param>
    /// <param name="near">Boxes about where the faces are. Those wholly outside the image are left out.</param>
    /// <param name="order">The order of the channels where there are 3 or 4.</param>
    /// <inheritdoc cref="DetectNear(FaceDetector, Mat, IReadOnlyList{Box})"/>
    public static IReadOnlyList<Face> DetectNear(this FaceDetector detector, Mat image, IReadOnlyList<Box> near, ChannelOrder order)
    {
        ArgumentNullException.ThrowIfNull(detector);
        using MatImage opened = MatImage.Of(image, order);
        return detector.DetectNear(opened.Image, near);
    }

    /// <summary>Finds the faces in an OpenCV image of BGR, BGRA or gray, and gives the boxes between the networks too.</summary>
    /// <inheritdoc cref="Detect(FaceDetector, Mat)"/>
    public static CascadeResult DetectWithStages(this FaceDetector detector, Mat image) => detector.DetectWithStages(image, ChannelOrder.Bgr);

    /// <summary>Finds the faces in an OpenCV image, and gives the boxes between the networks too.</summary>
    /// <inheritdoc cref="Detect(FaceDetector, Mat, ChannelOrder)"/>
    public static CascadeResult DetectWithStages(this FaceDetector detector, Mat image, ChannelOrder order)
    {
        ArgumentNullException.ThrowIfNull(detector);
        using MatImage opened = MatImage.Of(image, order);
        return detector.DetectWithStages(opened.Image);
    }

    /// <summary>Finds the faces in an OpenCV image of BGR, BGRA or gray.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="image">Gray, 3 channels, or 4 with alpha; 8 or 16 bits per channel. Neither changed nor disposed; to be left as it is meanwhile.</param>
    /// <param name="cancellationToken">Ends it early, between two parts of the image.</param>
    /// <returns>The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>).</returns>
    /// <exception cref="ArgumentException">The image is empty or of another type.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="ObjectDisposedException">The detector or the image was disposed.</exception>
    public static Task<IReadOnlyList<Face>> DetectAsync(this FaceDetector detector, Mat image, CancellationToken cancellationToken = default) =>
        detector.DetectAsync(image, ChannelOrder.Bgr, cancellationToken);

    /// <summary>Finds the faces in an OpenCV image.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="image">Gray, 3 channels, or 4 with alpha; 8 or 16 bits per channel. Neither changed nor disposed; to be left as it is meanwhile.</param>
    /// <param name="order">The order of the channels where there are 3 or 4.</param>
    /// <param name="cancellationToken">Ends it early, between two parts of the image.</param>
    /// <inheritdoc cref="DetectAsync(FaceDetector, Mat, CancellationToken)"/>
    public static Task<IReadOnlyList<Face>> DetectAsync(
        this FaceDetector detector, Mat image, ChannelOrder order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.DetectAsync(image, mat => MatImage.Of(mat, order), cancellationToken);
    }

    /// <summary>Finds faces again in an OpenCV image of BGR, BGRA or gray, where they were in another image, by 48net alone.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="image">Gray, 3 channels, or 4 with alpha; 8 or 16 bits per channel. Neither changed nor disposed; to be left as it is meanwhile.</param>
    /// <param name="near">Boxes about where the faces are. Those wholly outside the image are left out.</param>
    /// <param name="cancellationToken">Ends it early, between two parts of the image.</param>
    /// <returns>The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>). Boxes near one face give it once.</returns>
    /// <inheritdoc cref="DetectAsync(FaceDetector, Mat, CancellationToken)"/>
    public static Task<IReadOnlyList<Face>> DetectNearAsync(
        this FaceDetector detector, Mat image, IReadOnlyList<Box> near, CancellationToken cancellationToken = default) =>
        detector.DetectNearAsync(image, near, ChannelOrder.Bgr, cancellationToken);

    /// <summary>Finds faces again in an OpenCV image, where they were in another image, by 48net alone.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="image">Gray, 3 channels, or 4 with alpha; 8 or 16 bits per channel. Neither changed nor disposed; to be left as it is meanwhile.</param>
    /// <param name="near">Boxes about where the faces are. Those wholly outside the image are left out.</param>
    /// <param name="order">The order of the channels where there are 3 or 4.</param>
    /// <param name="cancellationToken">Ends it early, between two parts of the image.</param>
    /// <inheritdoc cref="DetectNearAsync(FaceDetector, Mat, IReadOnlyList{Box}, CancellationToken)"/>
    public static Task<IReadOnlyList<Face>> DetectNearAsync(
        this FaceDetector detector, Mat image, IReadOnlyList<Box> near, ChannelOrder order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.DetectNearAsync(image, mat => MatImage.Of(mat, order), near, cancellationToken);
    }

    /// <summary>Finds the faces in an OpenCV image of BGR, BGRA or gray, and gives the boxes between the networks too.</summary>
    /// <inheritdoc cref="DetectAsync(FaceDetector, Mat, CancellationToken)"/>
    public static Task<CascadeResult> DetectWithStagesAsync(
        this FaceDetector detector, Mat image, CancellationToken cancellationToken = default) =>
        detector.DetectWithStagesAsync(image, ChannelOrder.Bgr, cancellationToken);

    /// <summary>Finds the faces in an OpenCV image, and gives the boxes between the networks too.</summary>
    /// <inheritdoc cref="DetectAsync(FaceDetector, Mat, ChannelOrder, CancellationToken)"/>
    public static Task<CascadeResult> DetectWithStagesAsync(
        this FaceDetector detector, Mat image, ChannelOrder order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.DetectWithStagesAsync(image, mat => MatImage.Of(mat, order), cancellationToken);
    }

    /// <summary>Finds the faces in many images from anywhere, several at a time.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="images">What stands for the images. It is read as it is needed, a few ahead of the results; of a channel, <see cref="ChannelReader{T}.ReadAllAsync"/>.</param>
    /// <param name="open">Gives one image, as <see cref="DetectAsync(FaceDetector, Mat, CancellationToken)"/> takes it; called on several threads at once. The image is disposed when done.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <typeparam name="T">What stands for an image: a path, an address, a row of a database.</typeparam>
    /// <returns>The results in the order of the images. What <paramref name="open"/> threw is in the image's result, and the others continue.</returns>
    /// <exception cref="CaffeException">Memory is short, or a network failed.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public static IAsyncEnumerable<ImageFaces<T>> DetectBatchAsync<T>(
        this FaceDetector detector, IAsyncEnumerable<T> images, Func<T, Mat> open, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(open);
        return detector.DetectBatchAsync(images, image => (IImageOwner)MatImage.Own(open(image)), cancellationToken);
    }

    /// <summary>Finds the faces in the images of a channel and writes them to another, several at a time, in order.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="images">What stands for the images, until it is completed.</param>
    /// <param name="open">Gives one image; called on several threads at once. The image is disposed when done.</param>
    /// <param name="results">Gets a result per image, and is completed at the end, with the exception that ended it if one did. Where it is bounded and full, detection waits.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <inheritdoc cref="DetectBatchAsync{T}(FaceDetector, IAsyncEnumerable{T}, Func{T, Mat}, CancellationToken)"/>
    /// <returns>The end of the work; it throws what the channel is completed with.</returns>
    public static Task DetectBatchAsync<T>(
        this FaceDetector detector,
        ChannelReader<T> images,
        Func<T, Mat> open,
        ChannelWriter<ImageFaces<T>> results,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(open);
        return detector.DetectBatchAsync(images, image => (IImageOwner)MatImage.Own(open(image)), results, cancellationToken);
    }
}
