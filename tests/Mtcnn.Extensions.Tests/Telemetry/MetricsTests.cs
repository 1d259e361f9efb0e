using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mtcnn.Extensions.Tests.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Extensions.Tests.Telemetry;

/// <summary>What a listener hears.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task Images_faces_failures_and_times_are_measured()
    {
        using IHost host = await ServiceHost.StartAsync();
        using Listener heard = new(host);
        IFaceDetectionService service = host.Detection();

        int faces = (await service.DetectAsync(SharedFiles.Image("obama_and_biden.jpg"))).Faces.Count
            + (await service.DetectAsync(SharedFiles.Image("astronaut.png"))).Faces.Count;
        _ = await Assert.ThrowsAnyAsync<Exception>(() => service.DetectAsync(SharedFiles.Image("truncated.jpg")));
        _ = await Assert.ThrowsAnyAsync<Exception>(() => service.DetectAsync("words"u8.ToArray()));
        _ = await Assert.ThrowsAnyAsync<Exception>(() => service.DetectAsync("words"u8.ToArray(), new CancellationToken(canceled: true)));

        Assert.InRange(faces, 3, 5);
        Assert.Equal([1, 1], heard.Of("mtcnn.images"));
        Assert.Equal(faces, heard.Of("mtcnn.faces").Sum());
        Assert.Equal(["truncated", "not_an_image", "canceled"], heard.KindsOfFailures);
        Assert.Equal(4, heard.Of("mtcnn.queue.wait.duration").Count);
        Assert.Equal(2, heard.Of("mtcnn.detection.duration").Count);
        Assert.All(heard.Of("mtcnn.detection.duration"), seconds => Assert.InRange(seconds, 1e-4, 60));
        Assert.Empty(heard.Of("mtcnn.rejections"));
    }

    [Fact]
    public async Task The_queues_length_its_waiting_times_and_refusals_are_measured()
    {
        using IHost host = await ServiceHost.StartAsync(ServiceHost.OneAtATime(waiting: 2));
        using Listener heard = new(host);
        IFaceDetectionService service = host.Detection();
        using HeldImage held = await HeldImage.HoldAsync(service);
        Task[] waiting = [service.DetectAsync(SharedFiles.Image("obama.jpg")), service.DetectAsync(SharedFiles.Image("biden.jpg"))];
        _ = await Assert.ThrowsAsync<DetectionQueueFullException>(() => service.DetectAsync(SharedFiles.Image("obama.jpg")));
        heard.Observe();
        await Task.Delay(50);
        held.GoOn();
        await Task.WhenAll(waiting);
        _ = await held.Result;
        heard.Observe();

        Assert.Equal([2, 0], heard.Of("mtcnn.queue.length"));
        Assert.Equal([1], heard.Of("mtcnn.rejections"));
        Assert.Empty(heard.KindsOfFailures);
        Assert.Equal(2, heard.Of("mtcnn.queue.wait.duration").Count(seconds => seconds > 0.045));
        Assert.Equal(3, heard.Of("mtcnn.images").Sum());
    }

    [Fact]
    public async Task Instruments_have_units_and_descriptions_and_go_with_the_host()
    {
        IHost host = await ServiceHost.StartAsync();
        using Listener heard = new(host);
        Assert.Equal(
            [
                "mtcnn.detection.duration s", "mtcnn.faces {face}", "mtcnn.failures {image}", "mtcnn.images {image}",
                "mtcnn.queue.length {image}", "mtcnn.queue.wait.duration s", "mtcnn.rejections {image}",
            ],
            heard.Instruments.Select(instrument => $"{instrument.Name} {instrument.Unit}").Order(StringComparer.Ordinal));
        Assert.All(heard.Instruments, instrument => Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal));

        host.Dispose();

        Assert.Equal(7, heard.Ended);
    }

    /// <summary>Hears one host's meter, and no other's.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string Name, double Value, string? Kind)> _heard = new();
        private readonly ConcurrentQueue<Instrument> _instruments = new();
        private int _ended;

        public Listener(IHost host)
        {
            IMeterFactory factory = host.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == MtcnnTelemetry.MeterName && instrument.Meter.Scope == factory)
                {
                    _instruments.Enqueue(instrument);
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.MeasurementsCompleted = (_, _) => Interlocked.Increment(ref _ended);
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Hear(instrument, value, tags));
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
            _listener.Start();
        }

        public IReadOnlyList<Instrument> Instruments => [.. _instruments];

        public int Ended => Volatile.Read(ref _ended);

        public IEnumerable<string?> KindsOfFailures => _heard.Where(one => one.Name == "mtcnn.failures").Select(one => one.Kind);

        public IReadOnlyList<double> Of(string name) => [.. _heard.Where(one => one.Name == name).Select(one => one.Value)];

        public void Observe() => _listener.RecordObservableInstruments();

        public void Dispose() => _listener.Dispose();

        private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string? kind = null;
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                kind = tag.Key == "error.type" ? (string?)tag.Value : kind;
            }

            _heard.Enqueue((instrument.Name, value, kind));
        }
    }
}
