using System.Threading.Channels;
using CaffeSharp;
using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Detection;

/// <content>
/// Detection on threads of the thread pool, of one image or of many. However many are asked for at once, as many as
/// <see cref="CaffeRuntime.Threads"/> run, over all detectors, and the others wait without blocking a thread.
/// </content>
public sealed partial class FaceDetector
{
    // So many images per processor are begun ahead of the one whose result comes next.
    private const int ImagesAhead = 4;

    /// <summary>Finds the faces in an image.</summary>
    /// <param name="image">The image; not to be changed meanwhile.</param>
    /// <param name="cancellationToken">Ends it early, between two parts of the image.</param>
    /// <returns>The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>).</returns>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public Task<IReadOnlyList<Face>> DetectAsync(ImageView image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return RunAsync(image, Find, cancellationToken);
    }

    /// <summary>Opens an image and finds the faces in it.</summary>
    /// <param name="source">What stands for the image.</param>
    /// <param name="open">Gives the image, such as by decoding a file; called on a thread of the thread pool when it is the image's turn. The image is disposed when done.</param>
    /// <param name="cancellationToken">Ends it early, between two parts of the image.</param>
    /// <typeparam name="T">What stands for an image: a path, an address, a row of a database.</typeparam>
    /// <exception cref="Exception">What <paramref name="open"/> threw.</exception>
    /// <inheritdoc cref="DetectAsync(ImageView, CancellationToken)"/>
    public Task<IReadOnlyList<Face>> DetectAsync<T>(T source, Func<T, IImageOwner> open, CancellationToken cancellationToken = default) =>
        RunAsync(source, open, Find, cancellationToken);

    /// <summary>Finds faces again where they were in another image, by 48net alone.</summary>
    /// <param name="image">The image; not to be changed meanwhile.</param>
    /// <param name="near">Boxes about where the faces are. Those wholly outside the image are left out.</param>
    /// <param name="cancellationToken">Ends it early, between two parts of the image.</param>
    /// <returns>The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>). Boxes near one face give it once.</returns>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public Task<IReadOnlyList<Face>> DetectNearAsync(ImageView image, IReadOnlyList<Box> near, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return RunAsync(image, FindNear(near), cancellationToken);
    }

    /// <summary>Opens an image and finds faces again in it, where they were in another image.</summary>
    internal Task<IReadOnlyList<Face>> DetectNearAsync<T>(
        T source, Func<T, IImageOwner> open, IReadOnlyList<Box> near, CancellationToken cancellationToken) =>
        RunAsync(source, open, FindNear(near), cancellationToken);

    /// <summary>Finds the faces in an image, and gives the boxes between the networks too.</summary>
    /// <inheritdoc cref="DetectAsync(ImageView, CancellationToken)"/>
    public Task<CascadeResult> DetectWithStagesAsync(ImageView image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return RunAsync(image, FindWithStages, cancellationToken);
    }

    /// <summary>Opens an image, finds the faces in it, and gives the boxes between the networks too.</summary>
    internal Task<CascadeResult> DetectWithStagesAsync<T>(T source, Func<T, IImageOwner> open, CancellationToken cancellationToken) =>
        RunAsync(source, open, FindWithStages, cancellationToken);

    /// <summary>Finds the faces in many images from anywhere, several at a time.</summary>
    /// <param name="images">What stands for the images. It is read as it is needed, a few ahead of the results; of a channel, <see cref="ChannelReader{T}.ReadAllAsync"/>.</param>
    /// <param name="open">Gives one image; called on several threads at once. The image is disposed when done.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <typeparam name="T">What stands for an image: a path, an address, a row of a database.</typeparam>
    /// <returns>The results in the order of the images. What <paramref name="open"/> threw is in the image's result, and the others continue.</returns>
    /// <exception cref="CaffeException">Memory is short, or a network failed.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public IAsyncEnumerable<ImageFaces<T>> DetectBatchAsync<T>(
        IAsyncEnumerable<T> images, Func<T, IImageOwner> open, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(open);
        return OrderedBatch.RunAsync(images, (image, stop) => DetectOneAsync(image, open, stop), ImagesAhead * CascadePool.Limit, cancellationToken);
    }

    /// <summary>Finds the faces in the images of a channel and writes them to another, several at a time, in order.</summary>
    /// <param name="images">What stands for the images, until it is completed.</param>
    /// <param name="open">Gives one image; called on several threads at once. The image is disposed when done.</param>
    /// <param name="results">Gets a result per image, and is completed at the end, with the exception that ended it if one did. Where it is bounded and full, detection waits.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <inheritdoc cref="DetectBatchAsync{T}(IAsyncEnumerable{T}, Func{T, IImageOwner}, CancellationToken)"/>
    /// <returns>The end of the work; it throws what the channel is completed with.</returns>
    public async Task DetectBatchAsync<T>(
        ChannelReader<T> images, Func<T, IImageOwner> open, ChannelWriter<ImageFaces<T>> results, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(results);
        try
        {
            IAsyncEnumerable<T> all = images.ReadAllAsync(CancellationToken.None);
            await foreach (ImageFaces<T> result in DetectBatchAsync(all, open, cancellationToken).ConfigureAwait(false))
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

    private static Func<CascadeRunner, BgrImage, CancellationToken, IReadOnlyList<Face>> FindNear(IReadOnlyList<Box> near)
    {
        ArgumentNullException.ThrowIfNull(near);
        return (cascade, image, stop) => cascade.RunNear(image, near, stop);
    }

    private Task<TResult> RunAsync<TResult>(
        ImageView image, Func<CascadeRunner, BgrImage, CancellationToken, TResult> work, CancellationToken stop) => _pool.UseAsync(
        cascade =>
        {
            stop.ThrowIfCancellationRequested();
            using BgrImage pixels = BgrImage.Of(image);
            return work(cascade, pixels, stop);
        },
        stop);

    private Task<TResult> RunAsync<T, TResult>(
        T source, Func<T, IImageOwner> open, Func<CascadeRunner, BgrImage, CancellationToken, TResult> work, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(open);
        return _pool.UseAsync(
            cascade =>
            {
                stop.ThrowIfCancellationRequested();
                using IImageOwner opened = open(source);
                using BgrImage pixels = BgrImage.Of(opened.Image);
                return work(cascade, pixels, stop);
            },
            stop);
    }

    private async Task<ImageFaces<T>> DetectOneAsync<T>(T image, Func<T, IImageOwner> open, CancellationToken stop)
    {
        try
        {
            return new ImageFaces<T>(image, await RunAsync(image, open, Find, stop).ConfigureAwait(false), null);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or ObjectDisposedException or CaffeException))
        {
            return new ImageFaces<T>(image, [], failure);
        }
    }
}
