namespace Mtcnn.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="What">The thing.</param>
/// <param name="Answer">What was found, and where.</param>
/// <param name="Fix">What to do about it; null where nothing is to be done.</param>
/// <param name="StopsDetection">Whether faces cannot be found as it is.</param>
internal sealed record Finding(string What, string Answer, string? Fix = null, bool StopsDetection = false);
