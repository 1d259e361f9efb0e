using System.ComponentModel;
using System.Diagnostics;

using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Compare;

/// <summary>Runs a program and waits until it exits.</summary>
internal static class ChildProcess
{
    /// <summary>
    /// Throws <see cref="CommandException"/> if the program cannot be started. If <paramref name="stop"/> is cancelled, the
    /// program is killed.
    /// </summary>
    public static async Task<ChildResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken stop)
    {
        using Process process = new()
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            throw new CommandException($"{program} cannot be run: {failure.Message}", innerException: failure);
        }

        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ChildResult(process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
    }
}
