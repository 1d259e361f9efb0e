using System.Diagnostics;

namespace Mtcnn.Tests.Support;

/// <summary>The memory of this process.</summary>
public static class ProcessMemory
{
    /// <summary>Bytes in physical memory, after everything that is garbage has been collected.</summary>
    public static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
