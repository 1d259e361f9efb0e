using System.Diagnostics;

namespace Mtcnn.Suite;

/// <summary>Measures several ways of doing the same in turns, so that what else the machine does falls on all alike.</summary>
internal static class Turns
{
    // The runtime compiles what has been called often a second time, and better, in the background.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);

    /// <summary>Lets each way run for a second unmeasured, then as <see cref="Medians"/>.</summary>
    public static double[] MediansOfWarm(int rounds, IReadOnlyList<Func<double>> ways)
    {
        foreach (Func<double> way in ways)
        {
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < s_warmUp)
            {
                _ = way();
            }
        }

        return Medians(rounds, ways);
    }

    /// <summary>Lets each way run once unmeasured, then once a round.</summary>
    /// <param name="rounds">How often.</param>
    /// <param name="ways">Each does the work once and says how long it took, in any unit.</param>
    /// <returns>The median of each.</returns>
    public static double[] Medians(int rounds, IReadOnlyList<Func<double>> ways)
    {
        double[][] times = [.. ways.Select(_ => new double[rounds])];
        foreach (Func<double> way in ways)
        {
            _ = way();
        }

        for (int round = 0; round < rounds; round++)
        {
            for (int way = 0; way < ways.Count; way++)
            {
                times[way][round] = ways[way]();
            }
        }

        return [.. times.Select(Median)];
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }
}
