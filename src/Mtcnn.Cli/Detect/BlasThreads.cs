using CaffeSharp;

namespace Mtcnn.Cli.Detect;

/// <summary>Shares the machine's cores between pictures and the threads of the BLAS.</summary>
internal static class BlasThreads
{
    /// <summary>
    /// Leaves the BLAS the cores that are left when so many pictures run at a time. Several pictures share the cores better
    /// than several threads share the small matrices of one network.
    /// </summary>
    public static void ShareWith(int pictures)
    {
        try
        {
            CaffeRuntime.BlasThreads = Math.Max(1, Environment.ProcessorCount / pictures);
        }
        catch (CaffeException failure) when (failure.Kind == CaffeErrorKind.Unsupported)
        {
            // A BLAS that cannot be told keeps its own number, which costs time and changes no result.
        }
    }
}
