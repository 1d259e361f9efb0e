using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Mtcnn.Extensions.Tests.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Extensions.Tests.Samples;

/// <summary>The service of samples/Service, started as its own process on a port of the loopback that was free.</summary>
public sealed partial class ServiceProcess : IAsyncDisposable
{
    /// <summary>How long a test waits for what should come in seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(string[] settings)
    {
        ProcessStartInfo start = new(BuiltSample.Dotnet, [BuiltSample.PathOf("Service", "Mtcnn.Samples.Service.dll"), "--urls", "http://127.0.0.1:0", .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MTCNN_SHARED"] = SharedFiles.Root;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Client = new HttpClient { Timeout = Patience };
    }

    /// <summary>Asks the service.</summary>
    public HttpClient Client { get; }

    /// <summary>Everything that it has written.</summary>
    public string Output => string.Join('\n', _said);

    /// <summary>Starts it, and waits until it listens.</summary>
    /// <param name="settings">Settings as on the command line: <c>--Limits:MaximumBytes=1000</c>.</param>
    public static async Task<ServiceProcess> StartAsync(params string[] settings)
    {
        ServiceProcess service = new([$"--Mtcnn:ModelsFolder={ServiceHost.Models}", .. settings]);
        Task ended = service._process.WaitForExitAsync();
        if (await Task.WhenAny(service._address.Task, ended).WaitAsync(Patience) == ended)
        {
            throw new InvalidOperationException($"The service ended: {service.Output}");
        }

        service.Client.BaseAddress = await service._address.Task;
        return service;
    }

    /// <summary>Starts it if it cannot start, and gives its exit status and what it wrote.</summary>
    public static async Task<(int Status, string Output)> StartInVainAsync(params string[] settings)
    {
        await using ServiceProcess service = new(settings);
        await service._process.WaitForExitAsync().WaitAsync(Patience);
        return (service._process.ExitCode, service.Output);
    }

    /// <summary>Sends a good image.</summary>
    /// <returns>The answer, as JSON.</returns>
    public async Task<string> DetectAsync(byte[] image)
    {
        using ByteArrayContent content = new(image);
        using HttpResponseMessage response = await Client.PostAsync(new Uri("detect", UriKind.Relative), content);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    /// <summary>Asks it to end, as an init system does.</summary>
    public async Task TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until its metrics have a line, or the request that should have it so is over.</summary>
    public async Task UntilMetricsHaveAsync(string pattern, Task request)
    {
        while (!request.IsCompleted && !Regex.IsMatch(await Client.GetStringAsync(new Uri("metrics", UriKind.Relative)), pattern, RegexOptions.Multiline))
        {
            await Task.Delay(20);
        }
    }

    /// <summary>Waits for its end.</summary>
    public async Task<int> ExitStatusAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        _said.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
        {
            _ = _address.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
