using System.Globalization;
using System.Text;
using Mtcnn.Faces;

namespace Mtcnn.Cli.Detect;

/// <summary>
/// Writes CSV (RFC 4180, but lines end in LF) with a header and one row per face. An image without a face and an image with an
/// error also have one row, so that the output lists every image.
/// </summary>
internal sealed class CsvResultWriter(Stream output) : IResultWriter
{
    private const string Header =
        "image,width,height,face,score,left,top,right,bottom,left_eye_x,left_eye_y,right_eye_x,right_eye_y,"
        + "nose_x,nose_y,left_mouth_x,left_mouth_y,right_mouth_x,right_mouth_y,error";

    private static readonly int FaceColumns = Header.Split(',').Length - "image,width,height,error".Split(',').Length;

    private bool _begun;

    public void Write(ImageResult result)
    {
        StringBuilder rows = new();
        Begin(rows);
        if (result.Error is not null)
        {
            AppendRow(rows, [result.Image, "", "", .. Blank, result.Error]);
        }
        else if (result.Faces.Count == 0)
        {
            AppendRow(rows, [result.Image, Text(result.Width), Text(result.Height), .. Blank, ""]);
        }

        for (int index = 0; index < result.Faces.Count; index++)
        {
            Face face = result.Faces[index];
            AppendRow(rows,
            [
                result.Image, Text(result.Width), Text(result.Height),
                Text(index), Text(face.Score), Text(face.Box.Left), Text(face.Box.Top), Text(face.Box.Right), Text(face.Box.Bottom),
                .. face.Landmarks.ToArray().SelectMany(point => new[] { Text(point.X), Text(point.Y) }), "",
            ]);
        }

        Send(rows);
    }

    public void Finish()
    {
        StringBuilder rows = new();
        Begin(rows);
        Send(rows);
    }

    private static IEnumerable<string> Blank => Enumerable.Repeat("", FaceColumns);

    private void Begin(StringBuilder rows)
    {
        if (!_begun)
        {
            rows.Append(Header).Append('\n');
            _begun = true;
        }
    }

    private void Send(StringBuilder rows)
    {
        output.Write(Encoding.UTF8.GetBytes(rows.ToString()));
        output.Flush();
    }

    private static void AppendRow(StringBuilder rows, IEnumerable<string> fields) =>
        rows.AppendJoin(',', fields.Select(Quoted)).Append('\n');

    private static string Quoted(string field) => field.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : field;

    private static string Text<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
