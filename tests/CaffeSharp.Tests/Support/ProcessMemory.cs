using System.Globalization;

namespace CaffeSharp.Tests.Support;

/// <summary>What the operating system says of this process.</summary>
internal static class ProcessMemory
{
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
