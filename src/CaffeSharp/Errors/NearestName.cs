namespace CaffeSharp;

/// <summary>Finds the existing name that a misspelt one was probably meant to be.</summary>
internal static class NearestName
{
    /// <summary>" Did you mean 'x'?", or nothing where no name is near.</summary>
    internal static string Suggestion(string name, IEnumerable<string> existing)
    {
        string? nearest = existing.MinBy(candidate => Distance(name, candidate));
        bool near = nearest is not null && Distance(name, nearest) <= Math.Max(2, name.Length / 3);
        return near ? $" Did you mean '{nearest}'?" : string.Empty;
    }

    /// <summary>Levenshtein's edit distance, letter case ignored.</summary>
    private static int Distance(string left, string right)
    {
        int[] previous = [.. Enumerable.Range(0, right.Length + 1)];
        int[] current = new int[right.Length + 1];
        for (int row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (int column = 1; column <= right.Length; column++)
            {
                bool same = char.ToUpperInvariant(left[row - 1]) == char.ToUpperInvariant(right[column - 1]);
                int replaced = previous[column - 1] + (same ? 0 : 1);
                current[column] = Math.Min(replaced, Math.Min(previous[column], current[column - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
