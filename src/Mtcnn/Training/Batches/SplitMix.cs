namespace Mtcnn.Training.Batches;

/// <summary>A random stream of a few numbers that costs nothing to begin: one for every row of every batch, so that a row does not depend on what was drawn before
/// it. (Steele, Lea, Flood: SplitMix64.)</summary>
internal struct SplitMix(ulong state)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The stream of a path of numbers, such as seed, iteration and row.</summary>
    internal static SplitMix Of(params ReadOnlySpan<ulong> path)
    {
        ulong state = 0;
        foreach (ulong number in path)
        {
            state = new SplitMix(state ^ number).Next();
        }

        return new(state);
    }

    internal ulong Next()
    {
        state += Golden;
        ulong mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 to below 1.</summary>
    internal float NextSingle() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>From -1 to below 1.</summary>
    internal float NextSigned() => (NextSingle() * 2) - 1;

    /// <summary>From 0 to below <paramref name="limit"/>.</summary>
    internal int NextBelow(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);
}
