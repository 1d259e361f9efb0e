using System.Threading.Channels;
using CaffeSharp;
using Mtcnn.Imaging;
using OpenCvSharp;

namespace Mtcnn.Detection;

/// <content>
/// Detection on threads of the thread pool, of one picture or of many. However many are asked for at once, as many as
/// <see cref="CaffeRuntime.Threads"/> run, over all detectors, and the others wait without blocking a thread.
/// </content>
public sealed partial class FaceDetector
{
    // So many pictures a processor are begun ahead of the one whose result comes next.
    private const int PicturesAhead = 4;

    /// <summary>Finds the faces in an OpenCV image.</summary>
    /// <param name="image">Gray, 3 channels, or 4 with alpha; 8 or 16 bits a channel. Neither changed nor disposed; to be left as it is meanwhile.</param>
    /// <param name="order">The order of the channels where there are 3 or 4.</param>
    /// <param name="cancellationToken">Ends it early, between two parts of the picture.</param>
    /// <returns>The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>).</returns>
    /// <exception cref="ArgumentException">The image is empty or of another type.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="ObjectDisposedException">The detector or the image was disposed.</exception>
    public Task<IReadOnlyList<Face>> DetectAsync(Mat image, ChannelOrder order = ChannelOrder.Bgr, CancellationToken cancellationToken = default) =>
        _pool.UseAsync(cascade => InBgr(image, order, picture => cascade.Run(picture, cancellationToken)), cancellationToken);

    /// <summary>Finds the faces in many pictures from anywhere, several at a time.</summary>
    /// <param name="pictures">What stands for the pictures. It is read as it is needed, a few ahead of the results; of a channel, <see cref="ChannelReader{T}.ReadAllAsync"/>.</param>
    /// <param name="open">Gives one picture, as <see cref="DetectAsync(Mat, ChannelOrder, CancellationToken)"/> takes it in BGR; called on several threads at once. The picture is disposed when done.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <typeparam name="T">What stands for a picture: a path, an address, a row of a database.</typeparam>
    /// <returns>The results in the order of the pictures. What <paramref name="open"/> threw is in the picture's result, and the others go on.</returns>
    /// <exception cref="CaffeException">Memory is short, or a network failed.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public IAsyncEnumerable<PictureFaces<T>> DetectBatchAsync<T>(
        IAsyncEnumerable<T> pictures, Func<T, Mat> open, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(open);
        return OrderedBatch.RunAsync(
            pictures, (picture, stop) => DetectOneAsync(picture, open, stop), PicturesAhead * CascadePool.Limit, cancellationToken);
    }

    /// <summary>Finds the faces in the pictures of a channel and writes them to another, several at a time, in order.</summary>
    /// <param name="pictures">What stands for the pictures, until it is completed.</param>
    /// <param name="open">Gives one picture ; called on several threads at once. The picture is disposed when done.</param>
    /// <param name="results">Gets a result a picture, and is completed at the end, with the exception that ended it if one did. Where it is bounded and full, detection waits.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <inheritdoc cref="DetectBatchAsync{T}(IAsyncEnumerable{T}, Func{T, Mat}, CancellationToken)"/>
    /// <returns>The end of the work; it throws what the channel is completed with.</returns>
    public async Task DetectBatchAsync<T>(
        ChannelReader<T> pictures, Func<T, Mat> open, ChannelWriter<PictureFaces<T>> results, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(results);
        try
        {
            IAsyncEnumerable<T> all = pictures.ReadAllAsync(CancellationToken.None);
            await foreach (PictureFaces<T> result in DetectBatchAsync(all, open, cancellationToken).ConfigureAwait(false))
            {
                await results.WriteAsync(result, cancellationToken).ConfigureAwait(false);
            }

            results.Complete();
        }
        catch (Exception failure)
        {
            results.TryComplete(failure);
            throw;
        }
    }

    internal Task<IReadOnlyList<Face>> OpenAndRunAsync<T>(T picture, Func<T, Mat> open, CancellationToken stop) => _pool.UseAsync(
        cascade =>
        {
            stop.ThrowIfCancellationRequested();
            using Mat opened = open(picture);
            return InBgr(opened, ChannelOrder.Bgr, bgr => cascade.Run(bgr, stop));
        },
        stop);

    private async Task<PictureFaces<T>> DetectOneAsync<T>(T picture, Func<T, Mat> open, CancellationToken stop)
    {
        try
        {
            return new PictureFaces<T>(picture, await OpenAndRunAsync(picture, open, stop).ConfigureAwait(false), null);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or ObjectDisposedException or CaffeException))
        {
            return new PictureFaces<T>(picture, [], failure);
        }
    }
}
