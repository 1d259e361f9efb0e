using System.Globalization;
using Mtcnn.Faces;

namespace Mtcnn.Drawing;

/// <summary>What <see cref="FaceDrawing"/> draws of a face.</summary>
public sealed record FaceDrawingOptions
{
    /// <summary>Whether to draw the box.</summary>
    public bool Boxes { get; init; } = true;

    /// <summary>Whether to write a label beside the box.</summary>
    public bool Labels { get; init; } = true;

    /// <summary>What is written, in ASCII; the score unless said otherwise.</summary>
    public Func<Face, string> Label { get; init; } = face => face.Score.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Whether to draw the five landmarks.</summary>
    public bool Landmarks { get; init; } = true;
}
