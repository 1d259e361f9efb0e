using Mtcnn.Faces;

namespace Mtcnn.Drawing;

/// <summary>
/// How large strokes, dots and letters are. Seen whole, an image of any size is about as large on a screen, so they grow with the image; on a small face they
/// shrink with the face, so that they do not hide it; and never below what can be seen in an image of the smallest size.
/// </summary>
/// <param name="Stroke">The width of a line in pixels.</param>
/// <param name="Rim">The width of the dark edge on each side of a line or dot, in pixels.</param>
/// <param name="Dot">The radius of a landmark's dot in pixels.</param>
/// <param name="Text">The height of a digit in pixels.</param>
internal readonly record struct DrawingScale(int Stroke, int Rim, double Dot, double Text)
{
    // Digits of fewer pixels run into each other.
    private const double SmallestText = 8;

    // On a smaller face the dark edges would cover more than the marks.
    private const double SmallestFaceWithRims = 40;

    /// <summary>The sizes for one face of an image.</summary>
    public static DrawingScale For(int width, int height, Box box)
    {
        double image = Math.Max(width, height);
        double face = box.IsEmpty ? 1 : Math.Max(1, Math.Min(box.Width, box.Height));
        double stroke = Math.Clamp(Math.Min(image / 320, face / 24), 1, 64);
        double dot = Math.Clamp(Math.Min(image / 160, face / 26), 1, 128);
        double text = Math.Clamp(face / 7, Math.Max(SmallestText, image / 90), Math.Max(SmallestText, image / 36));
        double rim = face < SmallestFaceWithRims ? 0 : Math.Max(1, stroke / 2.5);
        return new DrawingScale((int)Math.Round(stroke), (int)Math.Round(rim), dot, text);
    }
}
