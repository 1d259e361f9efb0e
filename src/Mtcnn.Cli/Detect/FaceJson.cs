using System.Text.Json;

using Mtcnn.Detection;

namespace Mtcnn.Cli.Detect;

/// <summary>A face as a JSON object.</summary>
internal static class FaceJson
{
    /// <summary>Writes it.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="face">The face.</param>
    /// <param name="id">Its identity in a video; null for none.</param>
    public static void Write(Utf8JsonWriter json, Face face, int? id = null)
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
