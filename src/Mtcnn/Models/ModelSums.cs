namespace Mtcnn.Models;

/// <summary>
/// The file <c>SHA256SUMS</c> beside trained weights, as <c>sha256sum</c> writes and checks it: a line per file, its SHA-256, two spaces, its name. It tells
/// whole weights that are not the originals from damaged ones.
/// </summary>
public static class ModelSums
{
    /// <summary>The file's name.</summary>
    public const string FileName = "SHA256SUMS";

    private const string Separator = "  ";

    /// <summary>Writes the sums of some files of a folder, sorted by name.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="names">The names of the files in it.</param>
    /// <exception cref="ModelException">A file cannot be read.</exception>
    /// <exception cref="IOException">The sums cannot be written.</exception>
    public static void Write(string folder, IEnumerable<string> names)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        IEnumerable<string> lines = names
            .Order(StringComparer.Ordinal)
            .Select(name => $"{ModelHash.Of(Path.Combine(folder, name)).Sha256}{Separator}{name}\n");
        File.WriteAllText(Path.Combine(folder, FileName), string.Concat(lines));
    }

    /// <summary>Whether the sums beside a file have it with this SHA-256. No sums, or none that can be read, list nothing.</summary>
    internal static bool Lists(string path, string sha256)
    {
        string line = sha256 + Separator + Path.GetFileName(path);
        try
        {
            return File.ReadLines(Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, FileName)).Contains(line, StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
