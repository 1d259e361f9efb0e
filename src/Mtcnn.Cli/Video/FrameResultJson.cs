using System.Text.Json;
using Mtcnn.Cli.Detect;
using Mtcnn.Faces;
using OpenCvSharp;

namespace Mtcnn.Cli.Video;

/// <summary>Writes the faces of one frame as a JSON object in one line.</summary>
internal static class FrameResultJson
{
    /// <summary>Returns the line, with a line break.</summary>
    /// <param name="number">The frame's number, from 0.</param>
    /// <param name="time">The time of the frame, in seconds from the beginning.</param>
    /// <param name="size">Its size.</param>
    /// <param name="faces">Its faces, with their identities if faces are tracked.</param>
    public static byte[] ToLine(int number, double time, Size size, IEnumerable<(int? Id, Face Face)> faces)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("frame", number);
            json.WriteNumber("time", Math.Round(time, 6));
            FaceJson.Write(json, size.Width, size.Height, faces);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
