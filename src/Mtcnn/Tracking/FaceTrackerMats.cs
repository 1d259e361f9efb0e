using Mtcnn.Imaging;
using OpenCvSharp;

namespace Mtcnn.Tracking;

/// <summary>Tracking over frames that are OpenCV's images.</summary>
public static class FaceTrackerMats
{
    /// <summary>Takes the next frame, of BGR, BGRA or gray.</summary>
    /// <param name="tracker">Follows the faces.</param>
    /// <param name="frame">Gray, 3 channels, or 4 with alpha; 8 or 16 bits per channel; of any size, but faces are followed from frame to frame only where the size stays.</param>
    /// <returns>The faces in it, by identity, the oldest first.</returns>
    /// <exception cref="ArgumentException">The frame is empty or of another type.</exception>
    /// <exception cref="ObjectDisposedException">The detector or the frame was disposed.</exception>
    public static IReadOnlyList<TrackedFace> Next(this FaceTracker tracker, Mat frame) => tracker.Next(frame, ChannelOrder.Bgr);

    /// <summary>Takes the next frame.</summary>
    /// <param name="tracker">Follows the faces.</param>
    /// <param name="frame">Gray, 3 channels, or 4 with alpha; 8 or 16 bits per channel; of any size, but faces are followed from frame to frame only where the size stays.</param>
    /// <param name="order">The order of the channels where there are 3 or 4.</param>
    /// <inheritdoc cref="Next(FaceTracker, Mat)"/>
    public static IReadOnlyList<TrackedFace> Next(this FaceTracker tracker, Mat frame, ChannelOrder order)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        using MatImage opened = MatImage.Of(frame, order);
        return tracker.Next(opened.Image);
    }

    /// <summary>Takes the next frame, of BGR, BGRA or gray, on a thread of the thread pool.</summary>
    /// <param name="tracker">Follows the faces.</param>
    /// <param name="frame">Gray, 3 channels, or 4 with alpha; 8 or 16 bits per channel. Neither changed nor disposed; to be left as it is meanwhile.</param>
    /// <param name="cancellationToken">Ends it early. The frame then counts as one in which no face was seen.</param>
    /// <returns>The faces in it, by identity, the oldest first.</returns>
    /// <exception cref="ArgumentException">The frame is empty or of another type.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="ObjectDisposedException">The detector or the frame was disposed.</exception>
    public static Task<IReadOnlyList<TrackedFace>> NextAsync(this FaceTracker tracker, Mat frame, CancellationToken cancellationToken = default) =>
        tracker.NextAsync(frame, ChannelOrder.Bgr, cancellationToken);

    /// <summary>Takes the next frame, on a thread of the thread pool.</summary>
    /// <param name="tracker">Follows the faces.</param>
    /// <param name="frame">Gray, 3 channels, or 4 with alpha; 8 or 16 bits per channel. Neither changed nor disposed; to be left as it is meanwhile.</param>
    /// <param name="order">The order of the channels where there are 3 or 4.</param>
    /// <param name="cancellationToken">Ends it early. The frame then counts as one in which no face was seen.</param>
    /// <inheritdoc cref="NextAsync(FaceTracker, Mat, CancellationToken)"/>
    public static async Task<IReadOnlyList<TrackedFace>> NextAsync(
        this FaceTracker tracker, Mat frame, ChannelOrder order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        using MatImage opened = MatImage.Of(frame, order);
        return await tracker.NextAsync(opened.Image, cancellationToken).ConfigureAwait(false);
    }
}
