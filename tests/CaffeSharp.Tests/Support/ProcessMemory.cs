using System.Globalization;

namespace CaffeSharp.Tests.Support;

/// <summary>What the operating system says of this process.</summary>
internal static class ProcessMemory
{
    /// <summary>
    /// Bytes that the runtime's heaps and compiled code come and go by over thousands of rounds without a leak (8 MB seen);
    /// a few kilobytes lost a round show above it.
    /// </summary>
    internal const long Noise = 24 << 20;

    /// <summary>Bytes in memory, after the garbage collector has done what it can.</summary>
    internal static long Resident
    {
        get
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            string line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
        }
    }
}
