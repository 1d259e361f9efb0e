using CaffeSharp;
using CaffeSharp.Imaging;
using Mtcnn.Imaging;
using Mtcnn.Models;
using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>
/// Finds faces and their five landmarks in pictures, by the MTCNN cascade on the original Caffe. Thread-safe: any number of
/// threads may detect at once; as many as there are processors run, the others wait. A picture uses the processors that no
/// other picture needs (see <see cref="FaceDetectorOptions.Threads"/>). Weights are in memory once. Make one detector and keep
/// it; dispose it when done.
/// </summary>
/// <remarks>
/// Coordinates are pixels of the upright picture. A picture without a face, or too small for one, gives an empty list. Memory
/// is bounded by the decoded picture and a few dozen megabytes a running thread, and stays flat from picture to picture. The
/// first detector of a process sets <see cref="CaffeRuntime.BlasThreads"/> to 1, because it spreads the work itself; it may be
/// set to something else afterwards.
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

    /// <summary>Finds the faces in an OpenCV image.</summary>
    /// <param name="image">Gray, 3 channels, or 4 with alpha; 8 or 16 bits a channel. Not changed.</param>
    /// <param name="order">The order of the channels where there are 3 or 4.</param>
    /// <returns>The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>).</returns>
    /// <exception cref="ArgumentException">The image is empty or of another type.</exception>
    /// <exception cref="ObjectDisposedException">The detector or the image was disposed.</exception>
    public IReadOnlyList<Face> Detect(Mat image, ChannelOrder order = ChannelOrder.Bgr) => InBgr(image, order, Run);

    /// <summary>Finds the faces in raw pixels.</summary>
    /// <param name="pixels">The rows from top to bottom.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row's start to the next one's.</param>
    /// <param name="format">How a pixel is laid out.</param>
    /// <returns>The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>).</returns>
    /// <exception cref="ArgumentException">The sizes do not fit each other or the buffer.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public IReadOnlyList<Face> Detect(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format)
    {
        OpenCvLibrary.EnsureLoaded();
        using Mat picture = PixelConversion.ToBgr(pixels, width, height, stride, format);
        return Run(picture);
    }

    /// <summary>
    /// Finds faces again where they were in another picture, such as the frame before, by 48net alone: a small part of the time of a whole detection. A face that
    /// has moved by more than about a third of its size is lost, and new faces are not found.
    /// </summary>
    /// <param name="image">Gray, 3 channels, or 4 with alpha; 8 or 16 bits a channel. Not changed.</param>
    /// <param name="near">Boxes about where the faces are. Those wholly outside the picture are left out.</param>
    /// <param name="order">The order of the channels where there are 3 or 4.</param>
    /// <returns>The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>). Boxes near one face give it once.</returns>
    /// <exception cref="ArgumentException">The image is empty or of another type.</exception>
    /// <exception cref="ObjectDisposedException">The detector or the image was disposed.</exception>
    public IReadOnlyList<Face> DetectNear(Mat image, IReadOnlyList<Box> near, ChannelOrder order = ChannelOrder.Bgr)
    {
        ArgumentNullException.ThrowIfNull(near);
        return InBgr(image, order, picture => _pool.Use(cascade => cascade.RunNear(picture, near, CancellationToken.None), CancellationToken.None));
    }

    /// <summary>Finds the faces in an OpenCV image, and tells the boxes between the networks too.</summary>
    /// <inheritdoc cref="Detect(Mat, ChannelOrder)"/>
    public CascadeResult DetectWithStages(Mat image, ChannelOrder order = ChannelOrder.Bgr) =>
        InBgr(image, order, picture => _pool.Use(cascade => cascade.RunWithStages(picture, CancellationToken.None), CancellationToken.None));

    /// <summary>Frees the networks. Detections that are running end as if nothing had happened.</summary>
    public void Dispose() => _pool.Dispose();

    internal IReadOnlyList<Face> Run(Mat picture) =>
        _pool.Use(cascade => cascade.Run(picture, CancellationToken.None), CancellationToken.None);

    internal static T InBgr<T>(Mat image, ChannelOrder order, Func<Mat, T> work)
    {
        if (order == ChannelOrder.Bgr && Picture.IsBgr(image))
        {
            return work(image);
        }

        OpenCvLibrary.EnsureLoaded();
        using Mat picture = PixelConversion.ToBgr(image, order);
        return work(picture);
    }
}
