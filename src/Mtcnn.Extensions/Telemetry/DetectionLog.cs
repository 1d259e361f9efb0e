using CaffeSharp;
using Microsoft.Extensions.Logging;
using Mtcnn.Detection;
using Mtcnn.Imaging;

namespace Mtcnn.Extensions;

/// <summary>What is logged. Thread-safe.</summary>
internal sealed partial class DetectionLog(ILogger logger)
{
    private int _isFull;

    /// <summary>Warns once each time that the queue gets full, and not of every image: a flood must not fill the log too.</summary>
    public void Rejected(DetectionQueueFullException full)
    {
        if (Interlocked.Exchange(ref _isFull, 1) == 0)
        {
            QueueIsFull(full.Message);
        }
        else
        {
            RejectedToo(full.Message);
        }
    }

    public void Detected(DetectedFaces found, TimeSpan duration)
    {
        Volatile.Write(ref _isFull, 0);
        Detected(found.Faces.Count, found.Size.Width, found.Size.Height, duration.TotalMilliseconds);
    }

    /// <summary>A bad image, or a caller who went away, is expected and reported to the caller; anything else is an error.</summary>
    public void Failed(Exception failure)
    {
        switch (failure)
        {
            case ImageException or OperationCanceledException or ArgumentException or ObjectDisposedException:
                NotDetected(failure.Message);
                break;
            default:
                FailedUnexpectedly(failure);
                break;
        }
    }

    public void Started(double milliseconds, FaceDetectorOptions options, DetectionQueue queue)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            Started(milliseconds, options.Profile.Name, options.Engine, options.Device, queue.MaximumRunning, queue.MaximumWaiting);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The nets are loaded and warm after {Milliseconds:F0} ms: profile {Profile}, {Engine} engine, {Device}; {Running} images at a time, {Waiting} waiting at most.")]
    private partial void Started(double milliseconds, string profile, Engine engine, Device device, int running, int waiting);

    [LoggerMessage(2, LogLevel.Warning, "The original weights were not found. The project's own are used instead, which find other faces: {Weights} and others. Fetch the originals with: {Command}")]
    public partial void Substitutes(string weights, string command);

    [LoggerMessage(3, LogLevel.Information, "Stopping; {Images} images are still to be done.")]
    public partial void Stopping(int images);

    [LoggerMessage(4, LogLevel.Information, "Stopped; every image is done.")]
    public partial void Stopped();

    [LoggerMessage(5, LogLevel.Warning, "{Images} images were not done when the time for stopping had run out.")]
    public partial void LeftBehind(int images);

    [LoggerMessage(6, LogLevel.Debug, "{Faces} faces in {Width} x {Height} pixels after {Milliseconds:F1} ms.")]
    private partial void Detected(int faces, int width, int height, double milliseconds);

    [LoggerMessage(7, LogLevel.Debug, "No detection: {Reason}")]
    private partial void NotDetected(string reason);

    [LoggerMessage(8, LogLevel.Error, "A detection failed.")]
    private partial void FailedUnexpectedly(Exception failure);

    [LoggerMessage(9, LogLevel.Warning, "Images are refused: {Reason}")]
    private partial void QueueIsFull(string reason);

    [LoggerMessage(10, LogLevel.Debug, "Another image is refused: {Reason}")]
    private partial void RejectedToo(string reason);
}
