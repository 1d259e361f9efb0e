using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;

namespace Mtcnn.Extensions;

/// <summary>The instruments of <see cref="MtcnnTelemetry.MeterName"/>. An instrument without a listener costs the look whether there is one.</summary>
internal sealed class DetectionMetrics
{
    // From a thumbnail on a GPU to a poster on one core.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Counter<long> _images;
    private readonly Counter<long> _faces;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _rejections;
    private readonly Histogram<double> _wait;
    private readonly Histogram<double> _detection;

    /// <param name="meters">Makes the meter, and disposes it.</param>
    /// <param name="waiting">Tells how many callers wait.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The factory disposes the meters that it makes.")]
    public DetectionMetrics(IMeterFactory meters, Func<int> waiting)
    {
        Meter meter = meters.Create(MtcnnTelemetry.MeterName);
        _images = meter.CreateCounter<long>("mtcnn.images", "{image}", "Images in which faces were looked for to the end.");
        _faces = meter.CreateCounter<long>("mtcnn.faces", "{face}", "Faces found.");
        _failures = meter.CreateCounter<long>("mtcnn.failures", "{image}", "Images that could not be read, were given up or failed otherwise.");
        _rejections = meter.CreateCounter<long>("mtcnn.rejections", "{image}", "Images that were refused because the queue was full.");
        _wait = meter.CreateHistogram("mtcnn.queue.wait.duration", "s", "How long an image waited for its turn.", tags: null, Seconds);
        _detection = meter.CreateHistogram("mtcnn.detection.duration", "s", "How long decoding and detection of an image took.", tags: null, Seconds);
        _ = meter.CreateObservableUpDownCounter("mtcnn.queue.length", waiting, "{image}", "Callers that wait for their turn.");
    }

    public void Found(int faces)
    {
        _images.Add(1);
        _faces.Add(faces);
    }

    public void Failed(Exception failure)
    {
        if (_failures.Enabled)
        {
            _failures.Add(1, new KeyValuePair<string, object?>(FailureKind.Tag, FailureKind.Of(failure)));
        }
    }

    public void Rejected() => _rejections.Add(1);

    public void Waited(TimeSpan duration) => _wait.Record(duration.TotalSeconds);

    public void Took(TimeSpan duration) => _detection.Record(duration.TotalSeconds);
}
