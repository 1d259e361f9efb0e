namespace Mtcnn.Extensions.Tests.Samples;

/// <summary>A service that allows little.</summary>
public sealed class StrictService() : RunningService("--Limits:MaximumBytes=5000000", "--Limits:UploadTime=00:00:01", "--Limits:DetectionTime=00:00:00.02");
