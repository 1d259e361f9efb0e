using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Mtcnn.Training.Cascade;

/// <summary>Merges the options in a configuration with the defaults.</summary>
internal static class GivenOptions
{
    /// <summary>Returns the merged options.</summary>
    /// <param name="defaults">The defaults.</param>
    /// <param name="given">The given options; later ones override earlier ones.</param>
    /// <param name="type">The JSON metadata of the options.</param>
    /// <exception cref="JsonException">A name is unknown, or a value has another type.</exception>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
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
