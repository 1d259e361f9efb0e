using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Mtcnn.ServiceLoad;

/// <summary>The running service, seen from outside.</summary>
internal sealed partial class ServiceUnderLoad(Uri detect, int processId, string photo) : IDisposable
{
    // Enough that the service is never without a request, and fewer than may wait.
    private const int Connections = 4;

    private readonly Process _process = Process.GetProcessById(processId);

    /// <summary>As many requests as it answers, sent by wrk: each connection sends the next when it has its answer.</summary>
    public Throughput Saturate(TimeSpan duration)
    {
        TimeSpan cpu = CpuTime();
        string script = Path.Combine(AppContext.BaseDirectory, "post.lua");
        ProcessStartInfo start = new("wrk", ["-t1", $"-c{Connections}", $"-d{duration.TotalSeconds:F0}s", "--timeout", "30s", "-s", script, detect.AbsoluteUri])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["PHOTO"] = photo;
        using Process wrk = Process.Start(start)!;
        string report = wrk.StandardOutput.ReadToEnd();
        wrk.WaitForExit();
        if (wrk.ExitCode != 0 || report.Contains("Non-2xx", StringComparison.Ordinal) || Summary().Match(report) is not { Success: true } summary)
        {
            throw new InvalidOperationException($"wrk failed, or requests did: {report}");
        }

        return new Throughput(
            int.Parse(summary.Groups["requests"].Value, CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(double.Parse(summary.Groups["seconds"].Value, CultureInfo.InvariantCulture)),
            CpuTime() - cpu);
    }

    /// <summary>Memory in use, in kB.</summary>
    public long ResidentKilobytes()
    {
        _process.Refresh();
        return _process.WorkingSet64 >> 10;
    }

    public void Dispose() => _process.Dispose();

    private TimeSpan CpuTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    [GeneratedRegex(@"(?<requests>\d+) requests in (?<seconds>[\d.]+)s,")]
    private static partial Regex Summary();
}
