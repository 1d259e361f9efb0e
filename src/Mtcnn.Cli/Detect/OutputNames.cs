using Mtcnn.Cli.Inputs;

namespace Mtcnn.Cli.Detect;

/// <summary>
/// Its own name, without extension, for what is written of each image: the image's, and with "-2", "-3", ...
/// where images of several folders have the same. The same list of images always gets the same names.
/// </summary>
internal static class OutputNames
{
    private const string StandardInputStem = "stdin";

    public static IReadOnlyList<string> For(IReadOnlyList<InputSource> sources)
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
