using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace CaffeSharp;

/// <summary>Graphviz's program dot, which lays out and draws.</summary>
internal static class Graphviz
{
    private const string Program = "dot";

    /// <param name="dot">The graph.</param>
    /// <param name="format">The image's format, by dot's own name.</param>
    /// <param name="stop">Ends the program.</param>
    /// <returns>The image.</returns>
    /// <exception cref="CaffeException">The program does not exist, or could not draw.</exception>
    internal static async Task<byte[]> RenderAsync(string dot, string format, CancellationToken stop)
    {
        UTF8Encoding encoding = new(encoderShouldEmitUTF8Identifier: false);
        using Process process = new()
        {
            StartInfo = new ProcessStartInfo(Program, [$"-T{format}"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = encoding,
            },
        };
        Start(process, format);
        using CancellationTokenRegistration killing = stop.Register(() => process.Kill(entireProcessTree: true));
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        Task<byte[]> output = ReadAllAsync(process.StandardOutput.BaseStream);
        try
        {
            await process.StandardInput.WriteAsync(dot.AsMemory(), CancellationToken.None).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read all; its errors say why.
        }

        string complaint = (await errors.ConfigureAwait(false)).Trim();
        byte[] image = await output.ConfigureAwait(false);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        return process.ExitCode == 0 && image.Length > 0
            ? image
            : throw new CaffeException($"Graphviz's program dot could not draw the net (exit code {process.ExitCode}): {complaint}")
            {
                Kind = CaffeErrorKind.Internal,
            };
    }

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using MemoryStream bytes = new();
        await stream.CopyToAsync(bytes).ConfigureAwait(false);
        return bytes.ToArray();
    }

    private static void Start(Process process, string format)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            throw new CaffeException(
                $"Drawing a net as {format.ToUpperInvariant()} takes Graphviz's program dot, which cannot be run: {error.Message}. " +
                "Install it: sudo apt-get install graphviz. A drawing as DOT text needs no program.",
                error)
            {
                Kind = CaffeErrorKind.Unsupported,
            };
        }
    }
}
