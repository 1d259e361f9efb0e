using System.Globalization;

namespace CaffeSharp;

/// <summary>Where a net runs: the CPU or one CUDA device. The default value is the CPU.</summary>
public readonly record struct Device
{
    private readonly int _gpuFromOne;

    private Device(int gpuFromOne) => _gpuFromOne = gpuFromOne;

    /// <summary>The CPU.</summary>
    public static Device Cpu => default;

    /// <summary>Whether it is a CUDA device.</summary>
    public bool IsGpu => _gpuFromOne > 0;

    /// <summary>The CUDA device's index, counted from 0; 0 for the CPU.</summary>
    public int Index => IsGpu ? _gpuFromOne - 1 : 0;

    /// <summary>A CUDA device. Whether there is one is found out when a net is made for it.</summary>
    /// <param name="index">Its index, counted from 0, below 1024.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative or no device's.</exception>
    public static Device Gpu(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, 1024);
        return new(index + 1);
    }

    /// <summary>Reads "cpu", "gpu" (the first one) or "gpu:N".</summary>
    /// <param name="text">The name; letter case does not matter.</param>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static Device Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Equals("cpu", StringComparison.OrdinalIgnoreCase))
        {
            return Cpu;
        }

        if (text.Equals("gpu", StringComparison.OrdinalIgnoreCase))
        {
            return Gpu();
        }

        bool isGpu = text.StartsWith("gpu:", StringComparison.OrdinalIgnoreCase);
        return isGpu && int.TryParse(text.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && index < 1024
            ? Gpu(index)
            : throw new FormatException($"'{text}' is not a device. Devices are cpu, gpu and gpu:N, with N from 0 to 1023.");
    }

    /// <summary>"cpu" or "gpu:N", as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => IsGpu ? string.Create(CultureInfo.InvariantCulture, $"gpu:{Index}") : "cpu";
}
