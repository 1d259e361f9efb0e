using CaffeSharp;

namespace Mtcnn.Cascade.Nets;

/// <summary>Keeps the BLAS from using cores that the detector uses already.</summary>
internal static class BlasThreads
{
    private static readonly Lazy<bool> Set = new(TrySet);

    /// <summary>
    /// Gives the BLAS one thread, the first time in a process. Levels and crops on several threads share the cores better
    /// than several threads share the small matrices of one network, and the two together would be more threads than cores.
    /// </summary>
    public static void KeepToOne() => _ = Set.Value;

    private static bool TrySet()
    {
        try
        {
            CaffeRuntime.BlasThreads = 1;
            return true;
        }
        catch (CaffeException failure) when (failure.Kind == CaffeErrorKind.Unsupported)
        {
            // A BLAS that cannot be configured keeps its own number, which costs time and changes no result.
            return false;
        }
    }
}
