using System.Text;
using System.Text.Json;

namespace Mtcnn.Tests.Cli.Support;

/// <summary>The result of a command.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="OutputBytes">All of standard output.</param>
/// <param name="Errors">All of standard error.</param>
internal sealed record CommandResult(int ExitCode, byte[] OutputBytes, string Errors)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    /// <summary>The lines of standard output, each of which must end in a newline.</summary>
    public string[] Lines
    {
        get
        {
            Assert.True(Output.Length == 0 || Output.EndsWith('\n'), "The output does not end with a whole line.");
            return Output.Split('\n')[..^1];
        }
    }

    /// <summary>The lines of standard output as JSON objects.</summary>
    public JsonElement[] Objects => [.. Lines.Select(line => JsonElement.Parse(line))];

    /// <summary>Checks the exit code and that no stack trace was written, and returns this result.</summary>
    public CommandResult Expecting(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"Exit code {ExitCode} instead of {exitCode}.\nOutput:\n{Output}\nErrors:\n{Errors}");
        Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of mtcnn itself", Errors + Output, StringComparison.Ordinal);
        return this;
    }
}
