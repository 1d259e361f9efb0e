using System.Diagnostics.CodeAnalysis;

namespace Mtcnn.Samples.Service;

/// <summary>What one request may take. The number of pixels is limited by <c>Mtcnn:MaximumPixels</c>, the number of waiting requests by <c>Mtcnn:MaximumWaiting</c>.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "The container makes it.")]
internal sealed class ServiceLimits
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Limits";

    /// <summary>The largest file in bytes, from 1.</summary>
    public int MaximumBytes { get; set; } = 16 << 20;

    /// <summary>How long a client may take to send it; above zero.</summary>
    public TimeSpan UploadTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long waiting and detection may take together; above zero.</summary>
    public TimeSpan DetectionTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether every value is in its range.</summary>
    public bool AreValid => MaximumBytes > 0 && UploadTime > TimeSpan.Zero && DetectionTime > TimeSpan.Zero;
}
