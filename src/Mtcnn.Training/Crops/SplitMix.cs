namespace Mtcnn.Training.Crops;

/// <summary>
/// A random stream that is cheap to create. Each unit of work has a separate stream, so that it depends neither on previous random numbers nor on
/// threads. (Steele, Lea, Flood: SplitMix64.)
/// </summary>
internal struct SplitMix(ulong state)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Creates the stream for a sequence of numbers, such as seed, image and purpose.</summary>
    public static SplitMix Of(params ReadOnlySpan<ulong> path)
    {
        ulong state = 0;
        foreach (ulong number in path)
        {
            state = new SplitMix(state ^ number).Next();
        }

        return new(state);
    }

    public ulong Next()
    {
        state += Golden;
        ulong mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>Returns a number from 0 to below 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <inheritdoc cref="NextDouble"/>
    public float NextSingle() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>Returns a number from -1 to below 1.</summary>
    public float NextSigned() => (NextSingle() * 2) - 1;

    /// <summary>Returns an integer from 0 to below <paramref name="limit"/>.</summary>
    public int NextBelow(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>Returns a number from <paramref name="least"/> to below <paramref name="most"/>.</summary>
    public double NextBetween(double least, double most) => least + ((most - least) * NextDouble());

    /// <summary>Returns a normally distributed number with mean 0 and standard deviation 1.</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());
}
