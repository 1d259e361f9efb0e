namespace CaffeSharp;

/// <summary>Finds out before a training, and not after it, that its snapshot cannot be written.</summary>
internal static class SnapshotTarget
{
    /// <exception cref="CaffeException">There is no prefix, or no file can be made there.</exception>
    internal static void Check(string prefix, string owner)
    {
        if (prefix.Length == 0)
        {
            throw new CaffeException(
                $"{owner}: a snapshot is required at the end but snapshot_prefix is not set. Set it, or snapshot_after_train: false.")
            {
                Kind = CaffeErrorKind.Argument,
            };
        }

        try
        {
            // Never completed, so it goes away again.
            using WholeFile probe = new($"{prefix}_iter_0.solverstate");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CaffeException($"{owner}: snapshots cannot be written to {prefix}: {error.Message}", error)
            {
                Kind = CaffeErrorKind.IO,
                Path = prefix,
            };
        }
    }
}
