using System.Globalization;

namespace Mtcnn.Suite.Reports;

/// <summary>A figure that was to be reached.</summary>
/// <param name="What">The figure.</param>
/// <param name="Limit">The most, or the least.</param>
/// <param name="IsLeast">Whether it is the least.</param>
/// <param name="Measured">What was measured.</param>
internal sealed record Goal(string What, double Limit, bool IsLeast, double Measured)
{
    /// <summary>Whether it was reached.</summary>
    public bool IsMet => IsLeast ? Measured >= Limit : Measured <= Limit;

    /// <summary>The cells of its row.</summary>
    public IReadOnlyList<string> Row() =>
    [
        What,
        string.Create(CultureInfo.InvariantCulture, $"at {(IsLeast ? "least" : "most")} {Limit:G4}"),
        Measured.ToString("G3", CultureInfo.InvariantCulture),
        IsMet ? "yes" : "**no**",
    ];
}
