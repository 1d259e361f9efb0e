using System.Text.Json;
using Mtcnn.Faces;

namespace Mtcnn.Cli.Detect;

/// <summary>Writes faces as JSON objects.</summary>
internal static class FaceJson
{
    /// <summary>Writes an image's size and its faces into an open JSON object.</summary>
    /// <param name="json">The writer, inside the object.</param>
    /// <param name="width">The image's width in pixels.</param>
    /// <param name="height">Its height.</param>
    /// <param name="faces">The faces, with their identities in a video; null if there are no faces to write.</param>
    public static void Write(Utf8JsonWriter json, int width, int height, IEnumerable<(int? Id, Face Face)> faces)
    {
        json.WriteNumber("width", width);
        json.WriteNumber("height", height);
        json.WriteStartArray("faces");
        foreach ((int? id, Face face) in faces)
        {
            Write(json, face, id);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Face face, int? id)
    {
        json.WriteStartObject();
        if (id is { } identity)
        {
            json.WriteNumber("id", identity);
        }

        json.WriteStartArray("box");
        json.WriteNumberValue(face.Box.Left);
        json.WriteNumberValue(face.Box.Top);
        json.WriteNumberValue(face.Box.Right);
        json.WriteNumberValue(face.Box.Bottom);
        json.WriteEndArray();
        json.WriteNumber("score", face.Score);
        json.WriteStartArray("landmarks");
        foreach (ImagePoint point in face.Landmarks)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.X);
            json.WriteNumberValue(point.Y);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
