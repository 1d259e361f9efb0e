using System.Diagnostics;
using System.Diagnostics.Metrics;
using CaffeSharp;
using CaffeSharp.Imaging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Models;
using Mtcnn.Pixels;
using OpenCvSharp;

namespace Mtcnn.Extensions;

/// <summary>The service over the container's one detector.</summary>
internal sealed class FaceDetectionService : IFaceDetectionService, IDisposable
{
    private readonly FaceDetector _detector;
    private readonly DetectionMetrics _metrics;
    private readonly DetectionLog _log;
    private readonly long _maximumPixels;

    public FaceDetectionService(FaceDetector detector, IOptions<MtcnnOptions> options, IMeterFactory meters, ILogger<FaceDetectionService> logger)
    {
        _detector = detector;
        _maximumPixels = options.Value.MaximumPixels;
        Queue = new DetectionQueue(options.Value.RunningAtMost, options.Value.MaximumWaiting);
        _metrics = new DetectionMetrics(meters, () => Queue.Waiting);
        _log = new DetectionLog(logger);
    }

    /// <summary>What is in progress and what waits.</summary>
    public DetectionQueue Queue { get; }

    public Task<DetectedFaces> DetectAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return DetectEncodedAsync(() => ImageReader.Read(path, _maximumPixels), cancellationToken);
    }

    public Task<DetectedFaces> DetectAsync(ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken = default) =>
        DetectEncodedAsync(() => ImageReader.Decode(encoded.Span, _maximumPixels), cancellationToken);

    public async Task<DetectedFaces> DetectAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream encoded = new();
        await stream.CopyToAsync(encoded, cancellationToken).ConfigureAwait(false);
        return await DetectAsync(encoded.GetBuffer().AsMemory(0, (int)encoded.Length), cancellationToken).ConfigureAwait(false);
    }

    public Task<DetectedFaces> DetectAsync(Mat image, CancellationToken cancellationToken = default) =>
        DetectAsync(image, ChannelOrder.Bgr, cancellationToken);

    public Task<DetectedFaces> DetectAsync(Mat image, ChannelOrder order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return ObserveAsync(ofStream: false, () => DetectInAsync(image, order, cancellationToken), cancellationToken);
    }

    public IAsyncEnumerable<ImageFaces<T>> DetectBatchAsync<T>(
        IAsyncEnumerable<T> images, Func<T, Mat> open, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(open);
        return OrderedBatch.RunAsync(images, (image, stop) => DetectOneAsync(image, open, stop), 2 * Queue.MaximumRunning, cancellationToken);
    }

    /// <summary>Has everything loaded that the first image would have to wait for.</summary>
    /// <param name="began">The <see cref="Stopwatch"/>'s time stamp of when loading began, for the log.</param>
    /// <param name="stop">Ends it early.</param>
    public async Task WarmUpAsync(long began, CancellationToken stop)
    {
        FaceDetectorOptions options = _detector.Options;
        if (options.Models is { AreSubstitutes: true } substitutes)
        {
            _log.Substitutes(substitutes.Output, ModelLocator.FetchCommand);
        }

        await ProbeAsync(stop).ConfigureAwait(false);
        _log.Started(Stopwatch.GetElapsedTime(began).TotalMilliseconds, options, Queue);
    }

    /// <summary>Looks for faces in a small blank image, past the queue and uncounted, to see that detection works.</summary>
    public async Task ProbeAsync(CancellationToken stop)
    {
        // No image was read yet, which would have done so.
        OpenCvLibrary.EnsureLoaded();
        using Mat blank = new(rows: 96, cols: 128, MatType.CV_8UC3, Scalar.Black);
        _ = await _detector.DetectAsync(blank, stop).ConfigureAwait(false);
    }

    /// <summary>Takes no more images, and waits for those that are here.</summary>
    public async Task StopAsync(CancellationToken stop)
    {
        _log.Stopping(Queue.Inside);
        try
        {
            await Queue.CloseAsync(stop).ConfigureAwait(false);
            _log.Stopped();
        }
        catch (OperationCanceledException)
        {
            _log.LeftBehind(Queue.Inside);
        }
    }

    /// <summary>Those who wait get an exception. Blocks for no image: <see cref="StopAsync"/> has waited for as long as it may.</summary>
    public void Dispose() => Queue.Dispose();

    private Task<DetectedFaces> DetectEncodedAsync(Func<Mat> open, CancellationToken stop) =>
        ObserveAsync(ofStream: false, () => OpenAndDetectAsync(open, stop), stop);

    private async Task<ImageFaces<T>> DetectOneAsync<T>(T image, Func<T, Mat> open, CancellationToken stop)
    {
        try
        {
            DetectedFaces found = await ObserveAsync(ofStream: true, () => OpenAndDetectAsync(() => open(image), stop), stop).ConfigureAwait(false);
            return new ImageFaces<T>(image, found.Faces, null);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or ObjectDisposedException or CaffeException))
        {
            return new ImageFaces<T>(image, [], failure);
        }
    }

    private async Task<DetectedFaces> OpenAndDetectAsync(Func<Mat> open, CancellationToken stop)
    {
        using Mat image = await Task.Run(open, stop).ConfigureAwait(false);
        return await DetectInAsync(image, ChannelOrder.Bgr, stop).ConfigureAwait(false);
    }

    private async Task<DetectedFaces> DetectInAsync(Mat image, ChannelOrder order, CancellationToken stop)
    {
        IReadOnlyList<Face> faces = await _detector.DetectAsync(image, order, stop).ConfigureAwait(false);
        return new DetectedFaces(new ImageSize(image.Width, image.Height), faces);
    }

    // Everything that is counted, traced and logged of an image passes here.
    private async Task<DetectedFaces> ObserveAsync(bool ofStream, Func<Task<DetectedFaces>> detect, CancellationToken stop)
    {
        using Activity? activity = DetectionActivity.Start();
        try
        {
            DetectedFaces found = await InTurnAsync(ofStream, detect, stop).ConfigureAwait(false);
            _metrics.Found(found.Faces.Count);
            activity?.Found(found);
            return found;
        }
        catch (DetectionQueueFullException full)
        {
            _metrics.Rejected();
            activity?.Failed(full);
            _log.Rejected(full);
            throw;
        }
        catch (Exception failure)
        {
            _metrics.Failed(failure);
            activity?.Failed(failure);
            _log.Failed(failure);
            throw;
        }
    }

    private async Task<DetectedFaces> InTurnAsync(bool ofStream, Func<Task<DetectedFaces>> detect, CancellationToken stop)
    {
        long arrived = Stopwatch.GetTimestamp();
        await Queue.EnterAsync(ofStream, stop).ConfigureAwait(false);
        long began = Stopwatch.GetTimestamp();
        TimeSpan? duration = null;
        try
        {
            _metrics.Waited(Stopwatch.GetElapsedTime(arrived, began));
            DetectedFaces found = await detect().ConfigureAwait(false);
            duration = Stopwatch.GetElapsedTime(began);
            _metrics.Took(duration.Value);
            _log.Detected(found, duration.Value);
            return found;
        }
        finally
        {
            Queue.Leave(duration);
        }
    }
}
