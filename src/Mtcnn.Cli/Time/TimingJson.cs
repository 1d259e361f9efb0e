using System.Text.Encodings.Web;
using System.Text.Json;

using CaffeSharp;

namespace Mtcnn.Cli.Time;

/// <summary>Writes the times of a net as a JSON object in one line, in milliseconds.</summary>
internal static class TimingJson
{
    // Layer names are not escaped with \u: the output is JSON, never HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> ToBytes(Net net, NetTiming timing)
    {
        MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("net", net.Name);
            json.WriteString("phase", net.Phase == Phase.Train ? "train" : "test");
            json.WriteString("device", net.Device.ToString());
            json.WriteNumber("iterations", timing.Iterations);
            Write(json, "forward_ms", timing.Forward);
            Write(json, "backward_ms", timing.Backward);
            Write(json, "iteration_ms", timing.Iteration);
            Write(json, "total_ms", timing.Total);
            json.WriteStartArray("layers");
            foreach (LayerTiming layer in timing.Layers)
            {
                json.WriteStartObject();
                json.WriteString("name", layer.Name);
                json.WriteString("type", layer.Type);
                Write(json, "forward_ms", layer.Forward);
                Write(json, "backward_ms", layer.Backward);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (time is { } measured)
        {
            json.WriteNumber(name, measured.TotalMilliseconds);
        }
    }
}
