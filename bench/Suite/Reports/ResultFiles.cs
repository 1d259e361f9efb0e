using System.Text.Json;

namespace Mtcnn.Suite.Reports;

/// <summary>Keeps what sections measured, so that they can be measured one at a time and reported together.</summary>
internal static class ResultFiles
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true };

    private static string Folder => Directory.CreateDirectory(Path.Combine(BenchmarkFolders.Work, "results")).FullName;

    public static void Write(string section, SectionResult result) => File.WriteAllText(PathOf(section), JsonSerializer.Serialize(result, s_options));

    /// <returns>The last result; null if the section never ran.</returns>
    public static SectionResult? Read(string section) =>
        File.Exists(PathOf(section)) ? JsonSerializer.Deserialize<SectionResult>(File.ReadAllText(PathOf(section))) : null;

    private static string PathOf(string section) => Path.Combine(Folder, $"{section}.json");
}
