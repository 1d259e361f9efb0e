using System.Diagnostics;
using System.Runtime.InteropServices;

using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Cli.Support;

/// <summary>The built executable, run as a child process.</summary>
internal sealed partial class MtcnnCommand
{
    private const int DeadlineSeconds = 120;

    private readonly Dictionary<string, string?> _environment = new()
    {
        ["MTCNN_SHARED"] = SharedFiles.Root,
    };

    /// <summary>The executable as the build leaves it beside the tests.</summary>
    public static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, "Mtcnn.Cli");

    /// <summary>The program to start: the executable, unless a test runs it through another program.</summary>
    public string[] Program { get; init; } = [Executable];

    public string WorkingFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>The standard input; empty by default.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>Runs the command with arguments and default settings.</summary>
    public static CommandResult Run(params string[] arguments) => new MtcnnCommand().RunWith(arguments);

    /// <summary>Creates the command with a limit for the size of files. Writes beyond the limit fail as on a full disk.</summary>
    // .NET would reserve a larger file for its compiled code.
    public static MtcnnCommand WithRoomFor(int kilobytes) => new MtcnnCommand
    {
        Program = ["bash", "-c", $"trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\"", Executable],
    }.With("DOTNET_EnableWriteXorExecute", "0");

    /// <summary>Sets an environment variable of the command, or removes it if the value is null.</summary>
    public MtcnnCommand With(string variable, string? value)
    {
        _environment[variable] = value;
        return this;
    }

    public CommandResult RunWith(params string[] arguments)
    {
        using Process process = Start(Program, arguments);
        Task<byte[]> output = ReadAllAsync(process.StandardOutput.BaseStream);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(Input);
        process.StandardInput.Close();
        return Finish(process, output, errors);
    }

    /// <summary>Runs the command, and sends a signal after it has written a number of lines.</summary>
    public CommandResult RunAndSignal(int signal, int afterLines, params string[] arguments)
    {
        // Tests that run in the background of a shell ignore SIGINT, and the child process would inherit that.
        using Process process = Start(["env", "--default-signal=INT,TERM", .. Program], arguments);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<byte[]> output = Task.Run(() =>
        {
            using MemoryStream bytes = new();
            for (int lines = 0; process.StandardOutput.BaseStream.ReadByte() is var next and not -1;)
            {
                bytes.WriteByte((byte)next);
                if (next == '\n' && ++lines == afterLines)
                {
                    Assert.Equal(0, Kill(process.Id, signal));
                }
            }

            return bytes.ToArray();
        });
        return Finish(process, output, errors);
    }

    private Process Start(string[] program, string[] arguments)
    {
        ProcessStartInfo start = new(program[0], program[1..].Concat(arguments))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = WorkingFolder,
        };
        foreach ((string variable, string? value) in _environment)
        {
            start.Environment[variable] = value;
        }

        return Process.Start(start)!;
    }

    private static CommandResult Finish(Process process, Task<byte[]> output, Task<string> errors)
    {
        if (!process.WaitForExit(TimeSpan.FromSeconds(DeadlineSeconds)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The command did not end within {DeadlineSeconds} s.");
        }

        return new CommandResult(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using MemoryStream bytes = new();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
