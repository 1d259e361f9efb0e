using System.Numerics;

namespace Mtcnn.Cascade.Stages;

/// <summary>
/// How many crops run through a net together: few enough that memory stays bounded and the cores get equal shares, enough
/// that a run is worth it. The shares depend on the number of crops alone, never on the threads that there are.
/// </summary>
/// <param name="Smallest">What is smaller is not split for the sake of more cores.</param>
/// <param name="Largest">What is larger is split in any case.</param>
/// <param name="Lanes">A power of two: so many crops take as long as somewhat fewer, so batches are whole multiples of it, or of a smaller power where they are smaller.</param>
internal readonly record struct BatchSize(int Smallest, int Largest, int Lanes = 1)
{
    // Few crops are spread over at most so many cores.
    private const int Cores = 4;

    /// <summary>For one net alone, which gains nothing from small batches.</summary>
    public static BatchSize Undivided(int largest) => new(largest, largest);

    /// <summary>Into how many batches so many crops are split.</summary>
    public int BatchesOf(int crops) => crops == 0 ? 0 : Math.Max((crops + Largest - 1) / Largest, Math.Min(crops / Smallest, Cores));

    /// <summary>The crops of one batch of several.</summary>
    public (int First, int Count) PartOf(int crops, int batches, int batch)
    {
        int first = StartOf(crops, batches, batch);
        return (first, StartOf(crops, batches, batch + 1) - first);
    }

    private int StartOf(int crops, int batches, int batch)
    {
        if (batch == batches)
        {
            return crops;
        }

        // Rounded up, so that the last batch is the one with fewer.
        int unit = Math.Min(Lanes, 1 << BitOperations.Log2((uint)Math.Max(crops / batches, 1)));
        long units = (((long)crops * batch) + ((long)batches * unit) - 1) / ((long)batches * unit);
        return (int)units * unit;
    }
}
