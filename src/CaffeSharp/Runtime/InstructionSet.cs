namespace CaffeSharp;

/// <summary>What the kernels of <see cref="Engine.Accelerated"/> are compiled for. One library holds them all; what the
/// processor has is found out when a net is made.</summary>
public enum InstructionSet
{
    /// <summary>What every processor of its kind has: SSE2 on x86-64.</summary>
    Baseline = 0,

    /// <summary>AVX2 and FMA.</summary>
    Avx2 = 1,

    /// <summary>AVX-512 (F, VL, DQ and BW).</summary>
    Avx512 = 2,
}
