using System.Diagnostics;

namespace Mtcnn.Extensions;

/// <summary>The activity of one image, from its arrival to its faces.</summary>
internal static class DetectionActivity
{
    private static readonly ActivitySource Source = new(MtcnnTelemetry.ActivitySourceName);

    /// <returns>Null if nobody listens.</returns>
    public static Activity? Start() => Source.StartActivity("mtcnn.detect");

    public static void Found(this Activity activity, DetectedFaces found)
    {
        if (activity.IsAllDataRequested)
        {
            _ = activity.SetTag("mtcnn.image.width", found.Size.Width)
                .SetTag("mtcnn.image.height", found.Size.Height)
                .SetTag("mtcnn.faces", found.Faces.Count);
        }
    }

    public static void Failed(this Activity activity, Exception failure)
    {
        _ = activity.SetStatus(ActivityStatusCode.Error, failure.Message);
        if (activity.IsAllDataRequested)
        {
            _ = activity.SetTag(FailureKind.Tag, FailureKind.Of(failure)).AddException(failure);
        }
    }
}
