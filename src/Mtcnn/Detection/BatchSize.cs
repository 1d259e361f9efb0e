namespace Mtcnn.Detection;

/// <summary>
/// How many crops run through a net together: few enough that memory stays bounded and the cores get equal shares, enough
/// that a run is worth it. The shares depend on the number of crops alone, never on the threads that there are.
/// </summary>
/// <param name="Smallest">What is smaller is not split for the sake of more cores.</param>
/// <param name="Largest">What is larger is split in any case.</param>
internal readonly record struct BatchSize(int Smallest, int Largest)
{
    // Few crops are spread over at most so many cores.
    private const int Cores = 4;

    /// <summary>For one net alone, which gains nothing from small batches.</summary>
    public static BatchSize Undivided(int largest) => new(largest, largest);

    /// <summary>Into how many batches so many crops are split.</summary>
    public int BatchesOf(int crops) => crops == 0 ? 0 : Math.Max((crops + Largest - 1) / Largest, Math.Min(crops / Smallest, Cores));

    /// <summary>The crops of one batch of several.</summary>
    public static (int First, int Count) PartOf(int crops, int batches, int batch)
    {
        int first = (int)((long)crops * batch / batches);
        return (first, (int)((long)crops * (batch + 1) / batches) - first);
    }
}
