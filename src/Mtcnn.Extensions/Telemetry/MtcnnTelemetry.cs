namespace Mtcnn.Extensions;

/// <summary>The names by which OpenTelemetry, or a listener of .NET's own, subscribes to metrics and traces.</summary>
public static class MtcnnTelemetry
{
    /// <summary>The meter.</summary>
    public const string MeterName = "Mtcnn";

    /// <summary>The source of activities.</summary>
    public const string ActivitySourceName = "Mtcnn";
}
