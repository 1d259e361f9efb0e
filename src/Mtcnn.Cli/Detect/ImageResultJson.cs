using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mtcnn.Cli.Detect;

/// <summary>Writes one result as a JSON object in one line.</summary>
internal static class ImageResultJson
{
    // File names are not escaped with \u: the output is JSON, never HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> ToBytes(ImageResult result)
    {
        MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("image", result.Image);
            if (result.Error is not null)
            {
                json.WriteString("error", result.Error);
            }
            else
            {
                FaceJson.Write(json, result.Width, result.Height, result.Faces.Select(face => ((int?)null, face)));
            }

            json.WriteEndObject();
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
