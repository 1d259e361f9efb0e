using System.Globalization;
using Mtcnn.Cli.Terminal;
using Mtcnn.Faces;
using Spectre.Console;

namespace Mtcnn.Cli.Detect;

/// <summary>Writes a table with rounded numbers when all images are processed.</summary>
internal sealed class TableResultWriter(Stream output) : IResultWriter
{
    private readonly Table _table = Tables.Create("Image", "Size", "Face", "Score", "Box", "Landmarks").WithNumbers(2, 3);

    public bool WritesEachResult => false;

    public void Write(ImageResult result)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{result.Width} x {result.Height}");
        if (result.Error is not null)
        {
            _table.AddPlainRow(result.Image, "", "", "", result.Error, "");
        }
        else if (result.Faces.Count == 0)
        {
            _table.AddPlainRow(result.Image, size, "", "", "no face", "");
        }

        for (int index = 0; index < result.Faces.Count; index++)
        {
            Face face = result.Faces[index];
            bool first = index == 0;
            _table.AddPlainRow(
                first ? result.Image : "",
                first ? size : "",
                index.ToString(CultureInfo.InvariantCulture),
                face.Score.ToString("F4", CultureInfo.InvariantCulture),
                face.Box.ToString(),
                face.Landmarks.ToString());
        }
    }

    public void Finish() => Tables.Write(_table, output);
}
