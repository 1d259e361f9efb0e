namespace CaffeSharp.Samples;

/// <summary>The photo that a sample works on.</summary>
internal static class SamplePhoto
{
    /// <summary>The first argument, or the portrait that lies beside the program.</summary>
    internal static string PathOf(IReadOnlyList<string> arguments) =>
        arguments.Count > 0 ? arguments[0] : Path.Combine(AppContext.BaseDirectory, "astronaut.png");
}
