using System.Text.Json.Nodes;

namespace Mtcnn.Training.Records;

/// <summary>Describes the differences between two sets of options or files.</summary>
internal static class OptionDifferences
{
    /// <summary>Returns one clause per value, as in <c>train.baseLearningRate was 0.001 and is 0.01</c>; empty if they are equal.</summary>
    public static IReadOnlyList<string> Between(JsonNode? before, JsonNode? now)
    {
        List<string> differences = [];
        Compare(string.Empty, before, now, differences);
        return differences;
    }

    /// <summary>Returns one clause per file that has another hash or that only one set contains.</summary>
    public static IEnumerable<string> BetweenFiles(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now) =>
        before.Keys.Union(now.Keys)
            .Where(path => before.GetValueOrDefault(path) != now.GetValueOrDefault(path))
            .Select(path => $"the file {path} has changed");

    private static void Compare(string path, JsonNode? before, JsonNode? now, List<string> differences)
    {
        if (before is JsonObject left && now is JsonObject right)
        {
            foreach (string key in left.Select(pair => pair.Key).Union(right.Select(pair => pair.Key)))
            {
                Compare(path.Length == 0 ? key : $"{path}.{key}", left[key], right[key], differences);
            }
        }
        else if (!JsonNode.DeepEquals(before, now))
        {
            differences.Add($"{path} was {Text(before)} and is {Text(now)}");
        }
    }

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "not given";
}
