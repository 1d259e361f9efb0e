using Mtcnn.Cli.Pictures;

namespace Mtcnn.Cli.Detect;

/// <summary>
/// A name of its own, without extension, for what is written of each picture: the picture's, and with "-2", "-3", ...
/// where pictures of several folders have the same. The same list of pictures always gets the same names.
/// </summary>
internal static class OutputNames
{
    private const string StandardInputStem = "stdin";

    public static IReadOnlyList<string> For(IReadOnlyList<PictureSource> sources)
    {
        // Ignoring case: the folder may lie on a file system that does.
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        string[] names = new string[sources.Count];
        for (int index = 0; index < names.Length; index++)
        {
            string stem = sources[index].IsStandardInput
                ? StandardInputStem
                : Path.GetFileNameWithoutExtension(sources[index].Name);
            string name = stem;
            for (int copy = 2; !taken.Add(name); copy++)
            {
                name = $"{stem}-{copy}";
            }

            names[index] = name;
        }

        return names;
    }
}
