namespace Mtcnn.Cli.Compare;

/// <summary>The result of a program.</summary>
/// <param name="ExitCode">Its exit code; 128 or more if a signal ended the program.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record ChildResult(int ExitCode, string Output, string Errors);
