namespace Mtcnn.Cli.Compare;

/// <summary>What a program ended with.</summary>
/// <param name="ExitCode">Its exit code; 128 and more where a signal ended it.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record ChildResult(int ExitCode, string Output, string Errors);
