using System.Globalization;

namespace Mtcnn.Suite;

/// <summary>Numbers as the tables show them.</summary>
internal static class Figures
{
    /// <summary>Milliseconds.</summary>
    public static string Ms(double value) => value.ToString(value < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);

    /// <summary>A ratio.</summary>
    public static string Ratio(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>A count.</summary>
    public static string Whole(double value) => value.ToString("F0", CultureInfo.InvariantCulture);
}
