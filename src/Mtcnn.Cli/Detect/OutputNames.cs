using Mtcnn.Cli.Inputs;

namespace Mtcnn.Cli.Detect;

/// <summary>
/// Gives each image a unique name, without extension, for its output files: the image's own name, followed by "-2", "-3", ...
/// if images in several folders have the same name. The same list of images always gets the same names.
/// </summary>
internal static class OutputNames
{
    private const string StandardInputStem = "stdin";

    public static IReadOnlyList<string> For(IReadOnlyList<InputSource> sources)
    {
        // Names are compared without case, because the file system of the folder may ignore case.
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
