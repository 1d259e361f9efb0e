using System.Text.Encodings.Web;
using System.Text.Json;

using Mtcnn.Detection;

namespace Mtcnn.Cli.Detect;

/// <summary>One result as a JSON object in one line.</summary>
internal static class PictureResultJson
{
    // Names of files come out as they are, not as \u escapes; the output is JSON, never HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> ToBytes(PictureResult result)
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
                json.WriteNumber("width", result.Width);
                json.WriteNumber("height", result.Height);
                json.WriteStartArray("faces");
                foreach (Face face in result.Faces)
                {
                    FaceJson.Write(json, face);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
