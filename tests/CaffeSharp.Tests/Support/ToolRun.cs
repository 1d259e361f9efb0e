using System.Diagnostics;

namespace CaffeSharp.Tests.Support;

/// <summary>Runs another program to its end.</summary>
internal static class ToolRun
{
    internal static string Output(string program, params IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)
            ?? throw new InvalidOperationException($"{program} did not start.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{errors.Result}");
    }

    /// <summary>The first of some programs that is on the PATH.</summary>
    internal static string First(string fix, params IEnumerable<string> programs) =>
        programs.FirstOrDefault(program => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, program))))
        ?? throw new InvalidOperationException($"None of {string.Join(", ", programs)} is installed. {fix}");
}
