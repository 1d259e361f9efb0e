using System.Collections.Concurrent;
using System.Diagnostics;
using CaffeSharp.Tests.Support;
using Microsoft.Extensions.Hosting;
using Mtcnn.Extensions.Tests.Support;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;

namespace Mtcnn.Extensions.Tests.Telemetry;

/// <summary>One activity an image.</summary>
public sealed class ActivityTests
{
    [Fact]
    public async Task DetectAsync_is_an_activity_with_size_and_faces_inside_the_callers()
    {
        using Trace trace = new();
        using IHost host = await ServiceHost.StartAsync();

        _ = await host.Detection().DetectAsync(SharedFiles.Image("obama_and_biden.jpg"));

        Activity activity = Assert.Single(trace.Activities);
        using OpenCvSharp.Mat image = ImageReader.Read(SharedFiles.Image("obama_and_biden.jpg"));
        Assert.Equal("mtcnn.detect", activity.OperationName);
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
        Assert.Equal(image.Width, activity.GetTagItem("mtcnn.image.width"));
        Assert.Equal(image.Height, activity.GetTagItem("mtcnn.image.height"));
        Assert.Equal(Expected.In("obama_and_biden.jpg").Count, activity.GetTagItem("mtcnn.faces"));
        Assert.True(activity.Duration > TimeSpan.Zero);
    }

    [Fact]
    public async Task DetectBatchAsync_is_an_activity_an_image_and_a_bad_image_is_one_with_an_error()
    {
        SharedFolder.RequireOriginals();
        using Trace trace = new();
        using IHost host = await ServiceHost.StartAsync();
        string[] names = ["astronaut.png", "truncated.jpg", "obama.jpg"];

        _ = await host.Detection().DetectBatchAsync(names.ToAsyncEnumerable(), name => ImageReader.Read(SharedFiles.Image(name))).ToArrayAsync();

        Assert.Equal(3, trace.Activities.Count);
        Activity failed = Assert.Single(trace.Activities, activity => activity.Status == ActivityStatusCode.Error);
        Assert.Equal("truncated", failed.GetTagItem("error.type"));
        Assert.Contains("the image is truncated", failed.StatusDescription, StringComparison.Ordinal);
        Assert.Contains(failed.Events, one => one.Name == "exception");
        Assert.Null(failed.GetTagItem("mtcnn.faces"));
    }

    [Fact]
    public async Task A_refused_image_is_an_activity_with_an_error()
    {
        using Trace trace = new();
        using IHost host = await ServiceHost.StartAsync(ServiceHost.OneAtATime(waiting: 0));
        using HeldImage held = await HeldImage.HoldAsync(host.Detection());

        _ = await Assert.ThrowsAsync<DetectionQueueFullException>(() => host.Detection().DetectAsync(SharedFiles.Image("obama.jpg")));

        Assert.Equal("queue_full", Assert.Single(trace.Activities).GetTagItem("error.type"));
    }

    /// <summary>Hears the activities inside one of the test's own, and no other test's.</summary>
    private sealed class Trace : IDisposable
    {
        private readonly Activity _test = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        private readonly ConcurrentQueue<Activity> _stopped = new();
        private readonly ActivityListener _listener;

        public Trace()
        {
            ActivityTraceId mine = _test.TraceId;
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == MtcnnTelemetry.ActivitySourceName,
                Sample = (ref options) => options.TraceId == mine ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
                ActivityStopped = activity =>
                {
                    if (activity.TraceId == mine)
                    {
                        _stopped.Enqueue(activity);
                    }
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyList<Activity> Activities => [.. _stopped];

        public void Dispose()
        {
            _listener.Dispose();
            _test.Dispose();
        }
    }
}
