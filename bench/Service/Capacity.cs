using System.Globalization;
using Mtcnn.Suite;

namespace Mtcnn.ServiceLoad;

/// <summary>How many images per second the detector looks at, and how many the service; and the service's memory meanwhile.</summary>
internal sealed class Capacity
{
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(5);

    private readonly List<Throughput> _bare = [];
    private readonly List<Throughput> _service = [];
    private readonly List<(int Requests, long Kilobytes)> _memory = [];

    private Capacity()
    {
    }

    /// <summary>Measures both in turns.</summary>
    /// <param name="bare">The detector.</param>
    /// <param name="service">The service.</param>
    /// <param name="requests">How many requests the service answers in all.</param>
    public static Capacity Measure(BareDetector bare, ServiceUnderLoad service, int requests)
    {
        Capacity capacity = new();
        _ = service.Saturate(s_turn);
        _ = bare.Run(s_turn);
        for (int answered = 0; answered < requests; answered += capacity._service[^1].Images)
        {
            capacity._memory.Add((answered, service.ResidentKilobytes()));
            capacity._bare.Add(bare.Run(s_turn));
            capacity._service.Add(service.Saturate(2 * s_turn));
        }

        capacity._memory.Add((capacity._service.Sum(throughput => throughput.Images), service.ResidentKilobytes()));
        return capacity;
    }

    /// <summary>What was measured, in Markdown.</summary>
    public string Table()
    {
        double[] kilobytes = [.. _memory.Select(sample => (double)sample.Kilobytes)];
        double[] ratios = [.. _service.Zip(_bare, (service, bare) => service.PerSecond / bare.PerSecond)];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            | | detector, 2 threads | service | service of detector |
            | --- | --- | --- | --- |
            | images per second, medians of {_bare.Count} turns | {Median(_bare, turn => turn.PerSecond):F1} | {Median(_service, turn => turn.PerSecond):F1} | {Turns.Median(ratios):F3} |
            | CPU time per image, ms | {Median(_bare, turn => turn.CpuMilliseconds):F1} | {Median(_service, turn => turn.CpuMilliseconds):F1} | {Median(_service, turn => turn.CpuMilliseconds) / Median(_bare, turn => turn.CpuMilliseconds):F3} |

            | requests so far | 0 | {string.Join(" | ", Quarters().Select(sample => sample.Requests))} |
            | --- | --- | --- | --- | --- | --- |
            | memory, MB | {_memory[0].Kilobytes >> 10} | {string.Join(" | ", Quarters().Select(sample => sample.Kilobytes >> 10))} |

            Of {kilobytes.Length} samples the least is {kilobytes.Min() / 1024:F0} MB and the most {kilobytes.Max() / 1024:F0} MB.

            """);
    }

    private IEnumerable<(int Requests, long Kilobytes)> Quarters() => [.. Enumerable.Range(1, 4).Select(quarter => _memory[quarter * (_memory.Count - 1) / 4])];

    private static double Median(List<Throughput> turns, Func<Throughput, double> of) => Turns.Median(turns.Select(of));
}
