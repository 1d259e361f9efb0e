using CaffeSharp;
using Mtcnn.Detection;
using Mtcnn.Imaging;
using OpenCvSharp;

namespace Mtcnn.Extensions;

/// <summary>
/// Finds faces for an application. At most <see cref="MtcnnOptions.MaximumRunning"/> images are in progress at a time; callers beyond that wait in
/// the order in which they came, without a thread and without a decoded image, at most <see cref="MtcnnOptions.MaximumWaiting"/> of them.
/// Thread-safe; one lives as long as its container.
/// </summary>
/// <remarks>What it finds is what <see cref="FaceDetector"/> with the same options finds.</remarks>
public interface IFaceDetectionService
{
    /// <summary>Finds the faces in an image file.</summary>
    /// <param name="path">The file, of any format that <see cref="ImageReader"/> reads.</param>
    /// <param name="cancellationToken">Ends the waiting, or the detection between two parts of the image.</param>
    /// <exception cref="DetectionQueueFullException">As many callers wait as may.</exception>
    /// <exception cref="ImageException">The file is missing, no readable image, or has more pixels than <see cref="MtcnnOptions.MaximumPixels"/>.</exception>
    /// <exception cref="CaffeException">Memory is short, or a network failed.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="ObjectDisposedException">The host has stopped, or the container was disposed.</exception>
    Task<DetectedFaces> DetectAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Finds the faces in the bytes of an image file.</summary>
    /// <param name="encoded">The whole file; not to be changed meanwhile.</param>
    /// <param name="cancellationToken">Ends the waiting, or the detection between two parts of the image.</param>
    /// <inheritdoc cref="DetectAsync(string, CancellationToken)"/>
    Task<DetectedFaces> DetectAsync(ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken = default);

    /// <summary>Finds the faces in the image file that the rest of a stream holds. It is read to its end before the waiting begins, and stays open.</summary>
    /// <param name="stream">A readable stream, which is read asynchronously. How many bytes it may give is the caller's to limit.</param>
    /// <param name="cancellationToken">Ends the reading, the waiting, or the detection between two parts of the image.</param>
    /// <inheritdoc cref="DetectAsync(string, CancellationToken)"/>
    Task<DetectedFaces> DetectAsync(Stream stream, CancellationToken cancellationToken = default);

    /// <summary>Finds the faces in an OpenCV image of BGR, BGRA or gray.</summary>
    /// <param name="image">Gray, 3 channels, or 4 with alpha; 8 or 16 bits per channel. Neither changed nor disposed; to be left as it is meanwhile.</param>
    /// <param name="cancellationToken">Ends the waiting, or the detection between two parts of the image.</param>
    /// <exception cref="ArgumentException">The image is empty or of another type.</exception>
    /// <inheritdoc cref="DetectAsync(string, CancellationToken)" path="/exception[not(@cref='T:Mtcnn.Imaging.ImageException')]"/>
    Task<DetectedFaces> DetectAsync(Mat image, CancellationToken cancellationToken = default);

    /// <summary>Finds the faces in an OpenCV image.</summary>
    /// <param name="image">Gray, 3 channels, or 4 with alpha; 8 or 16 bits per channel. Neither changed nor disposed; to be left as it is meanwhile.</param>
    /// <param name="order">The order of the channels where there are 3 or 4.</param>
    /// <param name="cancellationToken">Ends the waiting, or the detection between two parts of the image.</param>
    /// <inheritdoc cref="DetectAsync(Mat, CancellationToken)"/>
    Task<DetectedFaces> DetectAsync(Mat image, ChannelOrder order, CancellationToken cancellationToken = default);

    /// <summary>
    /// Finds the faces in a stream of images of any sizes, several at a time. Its images take turns with those of other callers, and are never
    /// refused: the stream is read no faster than its images are done, at most two images for each in progress ahead of the result that comes next.
    /// </summary>
    /// <param name="images">What stands for the images; of a channel, <see cref="System.Threading.Channels.ChannelReader{T}.ReadAllAsync"/>.</param>
    /// <param name="open">Gives one image in BGR when its turn has come; called on several threads at once. The image is disposed when done.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <typeparam name="T">What stands for an image: a path, an address, a row of a database.</typeparam>
    /// <returns>The results in the order of the images. What <paramref name="open"/> threw is in the image's result, and the others continue.</returns>
    /// <exception cref="CaffeException">Memory is short, or a network failed.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="ObjectDisposedException">The host has stopped, or the container was disposed.</exception>
    IAsyncEnumerable<ImageFaces<T>> DetectBatchAsync<T>(
        IAsyncEnumerable<T> images, Func<T, Mat> open, CancellationToken cancellationToken = default);
}
