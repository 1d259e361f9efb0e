namespace Mtcnn.Cli.Doctor;

/// <summary>The result of one check.</summary>
/// <param name="What">The checked part.</param>
/// <param name="Answer">What was found, and where.</param>
/// <param name="Fix">How to fix it; null if nothing is wrong.</param>
/// <param name="StopsDetection">Whether the finding prevents detection.</param>
internal sealed record Finding(string What, string Answer, string? Fix = null, bool StopsDetection = false);
