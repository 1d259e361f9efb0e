using Microsoft.Extensions.FileSystemGlobbing;
using Microsoft.Extensions.FileSystemGlobbing.Abstractions;

using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Inputs;

/// <summary>
/// Finds the images of files, folders, patterns and "-". A file that is named is always read. In folders and by
/// patterns, files are selected by their extension, in ordinal order.
/// </summary>
internal sealed class InputSearch(bool recursive, Action<string> warn)
{
    private static readonly HashSet<string> ImageExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".bmp", ".dib", ".gif", ".jfif", ".jp2", ".jpe", ".jpeg", ".jpg", ".pbm", ".pgm", ".png", ".pnm", ".ppm", ".tif", ".tiff",
        ".webp",
    };

    // Hidden files are often thumbnails. Links to folders are not followed, because they can form cycles.
    private static readonly EnumerationOptions FolderEntries = new()
    {
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        IgnoreInaccessible = false,
    };

    /// <summary>Returns the images in the order of the paths. A path that cannot be found or listed becomes a source with an error.</summary>
    public IReadOnlyList<InputSource> Find(IReadOnlyList<string> paths)
    {
        if (paths.Count(path => path == InputSource.StandardInputName) > 1)
        {
            throw new CommandException("\"-\" is given twice, but standard input holds one image.");
        }

        return [.. paths.SelectMany(Expand)];
    }

    private IEnumerable<InputSource> Expand(string path)
    {
        if (path == InputSource.StandardInputName || File.Exists(path))
        {
            return [new InputSource(path)];
        }

        if (Directory.Exists(path))
        {
            return ExpandFolder(path);
        }

        return path.Contains('*', StringComparison.Ordinal) ? ExpandPattern(path) : [new InputSource(path, WhyNotFound(path))];
    }

    private List<InputSource> ExpandFolder(string folder)
    {
        List<InputSource> found = [];
        bool skippedFolders = AddFolder(folder, found);
        if (found.Count == 0)
        {
            warn($"There are no images in {folder}.{(skippedFolders ? " It has subfolders; use --recursive to include them." : string.Empty)}");
        }

        found.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return found;
    }

    // True if subfolders were skipped.
    private bool AddFolder(string folder, List<InputSource> found)
    {
        bool skippedFolders = false;
        try
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", FolderEntries))
            {
                string path = Path.Join(folder, entry.Name);
                if (entry is FileInfo)
                {
                    if (ImageExtensions.Contains(entry.Extension))
                    {
                        found.Add(Found(path));
                    }
                }
                else if (!recursive)
                {
                    skippedFolders = true;
                }
                else if (entry.LinkTarget is null)
                {
                    AddFolder(path, found);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            found.Add(new InputSource(folder, $"the folder cannot be listed: {failure.Message}"));
        }

        return skippedFolders;
    }

    private static List<InputSource> ExpandPattern(string pattern)
    {
        (string root, string below) = SplitAtFirstWildcard(pattern);
        string folder = root.Length == 0 ? "." : root;
        if (!Directory.Exists(folder))
        {
            return [new InputSource(pattern, $"the pattern's folder {folder} does not exist.")];
        }

        try
        {
            Matcher matcher = new(StringComparison.Ordinal);
            matcher.AddInclude(below);
            List<InputSource> found =
            [
                .. matcher.Execute(new DirectoryInfoWrapper(new DirectoryInfo(folder))).Files
                    .Select(match => Path.Join(root, match.Path))
                    .Where(path => ImageExtensions.Contains(Path.GetExtension(path)))
                    .Order(StringComparer.Ordinal)
                    .Select(Found),
            ];
            return found.Count > 0 ? found : [new InputSource(pattern, "no image matches this pattern.")];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [new InputSource(pattern, $"the pattern cannot be searched: {failure.Message}")];
        }
    }

    // "photos/2024/**/*.jpg" is searched below "photos/2024".
    private static (string Root, string Below) SplitAtFirstWildcard(string pattern)
    {
        int wildcard = pattern.IndexOf('*', StringComparison.Ordinal);
        int separator = pattern.LastIndexOf(Path.DirectorySeparatorChar, wildcard);
        return (pattern[..(separator + 1)], pattern[(separator + 1)..]);
    }

    // A listed file exists, but a name that is not valid UTF-8 cannot be opened.
    private static InputSource Found(string path) => new(path, path.Contains('\uFFFD', StringComparison.Ordinal) && !File.Exists(path) ? WhyNotFound(path) : null);

    private static string WhyNotFound(string path)
    {
        if (path.Length == 0)
        {
            return "the path is empty.";
        }

        if (path.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return "there is no such file or folder. Its name is not valid UTF-8: rename it, or redirect it to standard input (\"-\").";
        }

        return path.AsSpan().ContainsAny('?', '[')
            ? "there is no such file or folder. Patterns support only the wildcards * and **; for other wildcards, omit the quotes so that the shell expands them."
            : "there is no such file or folder.";
    }
}
