namespace CaffeSharp;

/// <summary>One path that was tried in vain.</summary>
internal sealed record LoadAttempt(string Path, string Reason, IReadOnlyList<string> MissingDependencies);
