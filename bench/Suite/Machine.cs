using System.Globalization;
using System.Runtime.InteropServices;
using CaffeSharp;
using OpenCvSharp;

namespace Mtcnn.Suite;

/// <summary>The machine that measures.</summary>
internal static class Machine
{
    /// <summary>A paragraph about it.</summary>
    public static string Describe()
    {
        string cpu = Field("/proc/cpuinfo", "model name", ':');
        string system = Field("/etc/os-release", "PRETTY_NAME", '=').Trim('"');
        long megabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The machine: {cpu}, {Environment.ProcessorCount} processors ({CaffeRuntime.InstructionSet}), {megabytes} MB; {system}, {RuntimeInformation.FrameworkDescription}, OpenCV {Cv2.GetVersionString()}. Measured on {DateTime.UtcNow:yyyy-MM-dd}.");
    }

    /// <summary>The most memory that this process has held, in kB.</summary>
    public static long PeakKilobytes() =>
        long.Parse(Field("/proc/self/status", "VmHWM", ':').Split(' ')[0], CultureInfo.InvariantCulture);

    private static string Field(string path, string name, char separator)
    {
        string line = File.ReadLines(path).First(text => text.StartsWith(name, StringComparison.Ordinal));
        return line[(line.IndexOf(separator, StringComparison.Ordinal) + 1)..].Trim();
    }
}
