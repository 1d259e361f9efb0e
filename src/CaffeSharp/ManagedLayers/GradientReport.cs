namespace CaffeSharp;

/// <summary>What a <see cref="GradientChecker"/> found.</summary>
/// <param name="CheckedValues">Number of values whose gradient was checked.</param>
/// <param name="LargestError">The largest error there was, relative where the gradient is larger than 1.</param>
/// <param name="Differences">The values whose error is over the threshold, in their order.</param>
public sealed record GradientReport(
    int CheckedValues, double LargestError, IReadOnlyList<GradientDifference> Differences)
{
    /// <summary>Whether every gradient is right.</summary>
    public bool Passed => Differences.Count == 0;
}
