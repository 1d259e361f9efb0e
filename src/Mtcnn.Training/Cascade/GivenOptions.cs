using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Mtcnn.Training.Cascade;

/// <summary>Options of which a configuration gives some; the others keep their defaults.</summary>
internal static class GivenOptions
{
    /// <summary>The options.</summary>
    /// <param name="defaults">What is not given.</param>
    /// <param name="given">What is given, part by part.</param>
    /// <param name="type">How they are written as JSON.</param>
    /// <exception cref="JsonException">A name is not known, or a value is of another kind.</exception>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public static T Over<T>(T defaults, JsonObject given, JsonTypeInfo<T> type)
    {
        JsonObject all = JsonSerializer.SerializeToNode(defaults, type)!.AsObject();
        Lay(given, all);
        return all.Deserialize(type)!;
    }

    private static void Lay(JsonObject given, JsonObject over)
    {
        foreach ((string name, JsonNode? value) in given)
        {
            if (value is JsonObject part && over[name] is JsonObject whole)
            {
                Lay(part, whole);
            }
            else
            {
                over[name] = value?.DeepClone();
            }
        }
    }
}
