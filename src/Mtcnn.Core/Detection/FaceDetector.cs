using CaffeSharp;
using Mtcnn.Cascade.Nets;
using Mtcnn.Faces;
using Mtcnn.Models;
using Mtcnn.Pixels;

namespace Mtcnn.Detection;

/// <summary>
/// Finds faces and their five landmarks in images, by the MTCNN cascade on the original Caffe. Thread-safe: any number of
/// threads may detect at once; as many as <see cref="CaffeRuntime.Threads"/> run, over all detectors, and the others wait. An image uses the
/// threads that nothing else needs (see <see cref="FaceDetectorOptions.Threads"/>). Weights are in memory once. Make one detector and keep
/// it; dispose it when done.
/// </summary>
/// <remarks>
/// Coordinates are pixels of the image as it is given. An image without a face, or too small for one, gives an empty list. Memory
/// is bounded by the image and a few dozen megabytes per running thread, and stays flat from image to image. The
/// first detector of a process sets <see cref="CaffeRuntime.BlasThreads"/> to 1, because it spreads the work itself; it may be
/// set to something else afterwards. The package Mtcnn adds overloads for image files, encoded images and OpenCV's Mat.
/// </remarks>
public sealed partial class FaceDetector : IDisposable
{
    private readonly CascadePool _pool;

    /// <summary>Loads and checks the networks.</summary>
    /// <param name="options">How to look for faces; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="ModelException">Weights are missing, corrupt, or another network's.</exception>
    /// <exception cref="CaffeException">The device cannot be used.</exception>
    /// <exception cref="NativeLibraryException">Caffe's library cannot be loaded.</exception>
    public FaceDetector(FaceDetectorOptions? options = null)
    {
        Options = options ?? new FaceDetectorOptions();
        Options.Validate();
        ModelFiles models = Options.Models ?? ModelFiles.Locate(withLandmarks: Options.RefineLandmarks);
        ModelFiles used = Options.RefineLandmarks ? models : models with { Landmarks = null };
        BlasThreads.KeepToOne();
        _pool = new CascadePool(CascadeNets.Load(used, Options.Device, Options.Engine), Options);
    }

    /// <summary>How this detector looks for faces.</summary>
    public FaceDetectorOptions Options { get; }

    /// <summary>Finds the faces in an image.</summary>
    /// <param name="image">The image. Used as it is where it is BGR; of another format a copy is made meanwhile.</param>
    /// <returns>The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>).</returns>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public IReadOnlyList<Face> Detect(ImageView image) => Run(image, Find);

    /// <summary>Finds the faces in raw pixels.</summary>
    /// <param name="pixels">The rows from top to bottom.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row's start to the next one's. The last row needs no padding.</param>
    /// <param name="format">How a pixel is laid out.</param>
    /// <returns>The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>).</returns>
    /// <exception cref="ArgumentException">The sizes do not fit each other or the buffer.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public IReadOnlyList<Face> Detect(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format) =>
        ImageView.Use(pixels, width, height, stride, format, Detect);

    /// <summary>
    /// Finds faces again where they were in another image, such as the frame before, by 48net alone: a small part of the time of a whole detection. A face that
    /// has moved by more than about a third of its size is lost, and new faces are not found.
    /// </summary>
    /// <param name="image">The image. Used as it is where it is BGR; of another format a copy is made meanwhile.</param>
    /// <param name="near">Boxes about where the faces are. Those wholly outside the image are left out.</param>
    /// <returns>The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>). Boxes near one face give it once.</returns>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public IReadOnlyList<Face> DetectNear(ImageView image, IReadOnlyList<Box> near)
    {
        ArgumentNullException.ThrowIfNull(near);
        return Run(image, (cascade, pixels, stop) => cascade.RunNear(pixels, near, stop));
    }

    /// <summary>Finds faces again in raw pixels, where they were in another image.</summary>
    /// <param name="pixels">The rows from top to bottom.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row's start to the next one's. The last row needs no padding.</param>
    /// <param name="format">How a pixel is laid out.</param>
    /// <param name="near">Boxes about where the faces are. Those wholly outside the image are left out.</param>
    /// <exception cref="ArgumentException">The sizes do not fit each other or the buffer.</exception>
    /// <inheritdoc cref="DetectNear(ImageView, IReadOnlyList{Box})"/>
    public IReadOnlyList<Face> DetectNear(
        ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format, IReadOnlyList<Box> near) =>
        ImageView.Use(pixels, width, height, stride, format, image => DetectNear(image, near));

    /// <summary>Finds the faces in an image, and gives the boxes between the networks too.</summary>
    /// <inheritdoc cref="Detect(ImageView)"/>
    public CascadeResult DetectWithStages(ImageView image) => Run(image, FindWithStages);

    /// <summary>Finds the faces in raw pixels, and gives the boxes between the networks too.</summary>
    /// <inheritdoc cref="Detect(ReadOnlySpan{byte}, int, int, int, PixelFormat)"/>
    public CascadeResult DetectWithStages(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format) =>
        ImageView.Use(pixels, width, height, stride, format, DetectWithStages);

    /// <summary>Frees the networks. Detections that are running end as if nothing had happened.</summary>
    public void Dispose() => _pool.Dispose();

    private static IReadOnlyList<Face> Find(CascadeRunner cascade, BgrImage image, CancellationToken stop) => cascade.Run(image, stop);

    private static CascadeResult FindWithStages(CascadeRunner cascade, BgrImage image, CancellationToken stop) => cascade.RunWithStages(image, stop);

    private T Run<T>(ImageView image, Func<CascadeRunner, BgrImage, CancellationToken, T> work)
    {
        using BgrImage pixels = BgrImage.Of(image);
        return _pool.Use(cascade => work(cascade, pixels, CancellationToken.None), CancellationToken.None);
    }
}
