namespace Mtcnn.ServiceLoad;

/// <summary>What was done in a time.</summary>
/// <param name="Images">Images that were looked at.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Cpu">What the process that looked at them spent.</param>
internal sealed record Throughput(int Images, TimeSpan Elapsed, TimeSpan Cpu)
{
    public double PerSecond => Images / Elapsed.TotalSeconds;

    public double CpuMilliseconds => Cpu.TotalMilliseconds / Images;
}
