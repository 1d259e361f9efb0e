namespace Mtcnn.Extensions.Tests.Samples;

/// <summary>A service with the settings that it comes with.</summary>
public sealed class DefaultService : RunningService;
