namespace CaffeSharp.Tests.Support;

/// <summary>Values that are the same in every run.</summary>
internal static class RandomBlobs
{
    /// <summary>Fills a blob with numbers from -1 to 1; one called "index" with 0 and 1.</summary>
    internal static void Fill(Blob blob, int seed)
    {
        Random random = new(seed);
        Span<float> values = blob.MutableData.Span;
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = blob.Name == "index" ? random.Next(2) : (2 * random.NextSingle()) - 1;
        }
    }
}
